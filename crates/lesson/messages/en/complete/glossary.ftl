# Words that the classic story does without. The form is that of ../glossary.ftl.

term-alpn = ALPN
term-alpn-text =
    Application-Layer Protocol Negotiation: the [extension](term:extension) in which the client lists what
    it wants to speak inside TLS, such as HTTP/2, and the server picks one.

term-asn1 = ASN.1
term-asn1-text =
    The notation in which the standards say what fields a certificate has. [DER](term:der) says how
    these fields become bytes.

term-asymmetric-cryptography = Asymmetric cryptography
term-asymmetric-cryptography-text =
    Cryptography with a pair of keys, one [public](term:public-key) and one [private](term:private-key).
    It is slow, so TLS uses it only in the handshake.

term-byte = Byte
term-byte-text = Eight bits, a number from 0 to 255. Everything on the wire is a row of bytes.

term-chacha20-poly1305 = ChaCha20-Poly1305
term-chacha20-poly1305-text =
    A modern [AEAD](term:aead): ChaCha20 encrypts, Poly1305 makes the tag. It is fast also on
    processors that have no special instructions for AES.

term-chain = Certificate chain
term-chain-text =
    The certificates from the server’s own up to a [trust anchor](term:trust-anchor), the signature on each made
    with the private key whose public key is in the next. The client checks every link.

term-ciphertext = Ciphertext
term-ciphertext-text = What encryption makes of the [plaintext](term:plaintext): bytes that say nothing without the key.

term-diffie-hellman = Diffie-Hellman
term-diffie-hellman-text =
    Each side keeps a private number and sends a public value made from it. Its own private number and the
    other’s public value give both sides the same secret, which was never sent.

term-elliptic-curve = Elliptic curve
term-elliptic-curve-text =
    A set of points with which one can calculate: easy in one direction, with no known way back that is fast
    enough. It is as strong as RSA with much shorter keys; P-256 and X25519 are examples.

term-end-entity-certificate = End-entity certificate
term-end-entity-certificate-text =
    The certificate of the server or the client itself, the first in its Certificate message. Its key must
    not sign other certificates.

term-extended-key-usage = Extended key usage
term-extended-key-usage-text =
    The field of a certificate that says for whom it is meant: a server, a client, signing mail and others.

term-extended-master-secret = Extended master secret
term-extended-master-secret-text =
    An extension of TLS 1.2 (RFC 7627): the [master secret](term:master-secret) then depends on every
    handshake message up to the key exchange and not only on the two randoms.

term-gcm = GCM
term-gcm-text =
    Galois/Counter Mode: a way of using a cipher such as AES for data of any length that makes a tag as
    well. If a single bit is changed, the tag no longer fits.

term-handshake = Handshake
term-handshake-text =
    The messages at the start of a connection. With them both sides agree on algorithms, the server shows who
    it is (the client too, if asked), and both come to the same keys.

term-hex = Hexadecimal
term-hex-text =
    Bytes written with two digits each, from `0` to `9` and `a` to `f`: `00` is 0, `0a` is 10, `ff` is 255.

term-https = HTTPS
term-https-text =
    HTTP, the language of the web, spoken inside TLS. The browser then knows the name of the site it talks
    to; whether that site is honest, it does not know.

term-initialization-vector = Initialization vector (IV)
term-initialization-vector-text =
    Bytes that go into an encryption beside the key, so that the same words encrypted twice do not look the same.

term-intermediate-certificate = Intermediate certificate
term-intermediate-certificate-text =
    A certificate for a certification authority that was signed by another one. The server sends it along, so that
    the client can follow the signatures up to a [trust anchor](term:trust-anchor).

term-key-exchange = Key exchange
term-key-exchange-text =
    How two sides come to share a secret although everybody can read what they send: either one sends it
    encrypted (RSA key transport), or both compute it from values that may be public (Diffie-Hellman).

term-key-usage = Key usage
term-key-usage-text =
    The field of a certificate that says what its key may do: `digitalSignature` to sign a handshake,
    `keyEncipherment` to receive a secret by RSA, `keyCertSign` to sign certificates.

term-pem = PEM
term-pem-text =
    The [DER](term:der) bytes of a certificate or a key written as letters (Base64) between a `BEGIN` and an
    `END` line, so that they can be copied as text.

term-plaintext = Plaintext
term-plaintext-text = What was meant to be said, before it is encrypted or after it is decrypted.

term-rfc = RFC
term-rfc-text =
    Request for Comments: one of the numbered documents in which the internet’s protocols are written down.

term-rsa = RSA
term-rsa-text =
    A kind of asymmetric cryptography from 1977. Its strength is that nobody knows how to split a huge number
    into its two prime factors with today’s computers. It can sign, and it can encrypt something short.

term-subject-alternative-name = Subject alternative name
term-subject-alternative-name-text =
    The names and addresses for which a certificate is good. The client looks only here for the name it wanted; the
    common name does not count.

term-transcript = Transcript
term-transcript-text =
    All handshake messages so far, in order, exactly as they were sent and received. Both sides hash it; if something was changed on the
    way, their hashes differ.

term-validity = Validity
term-validity-text =
    The two dates in a certificate between which it is good. Before the first and after the second a client refuses it.
