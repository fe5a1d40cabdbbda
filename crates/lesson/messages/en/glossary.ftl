# The glossary: `term-ID` is a term’s title, `term-ID-text` explains it in a sentence or two.
# Any message can point to a term by [the words it shows](term:ID).

term-aead = AEAD
term-aead-text =
    Authenticated encryption with additional data: encryption that also makes a tag. Whoever opens it
    notices if the encrypted bytes, or certain open data beside them, were changed.

term-aes = AES
term-aes-text =
    The Advanced Encryption Standard, a [symmetric](term:symmetric-encryption) cipher: with a key of
    16 or 32 bytes in TLS, it turns a block of 16 bytes into 16 others that look random.

term-alert = Alert
term-alert-text =
    A message of two bytes about a fault or about the end of a connection: how grave, and a number that
    says what. After a fatal alert the connection is closed.

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

term-cbc = CBC
term-cbc-text =
    Cipher block chaining, an older way of using a cipher such as AES: each block is mixed with the
    encrypted block before it. It does not notice changes by itself, so a [MAC](term:mac) goes with it.

term-certificate = Certificate
term-certificate-text =
    A signed file that says which public key belongs to which name. Everybody may have a copy, so it does
    not yet prove who is at the other end: the owner must also show that the private key is there.

term-certification-authority = Certification authority (CA)
term-certification-authority-text =
    An organisation that checks that someone controls a name, and then signs a certificate for that name
    and that person’s public key. It signs; it encrypts nothing.

term-chacha20-poly1305 = ChaCha20-Poly1305
term-chacha20-poly1305-text =
    A modern [AEAD](term:aead): ChaCha20 encrypts, Poly1305 makes the tag. It is fast also on
    processors that have no special instructions for AES.

term-chain = Certificate chain
term-chain-text =
    The certificates from the server’s own up to a [trust anchor](term:trust-anchor), each signed with the
    key that the next one holds. The client checks every link.

term-change-cipher-spec = Change Cipher Spec
term-change-cipher-spec-text =
    A single byte that says: what I send from now on is protected with the new keys. It is a kind of record
    of its own and no handshake message. In TLS 1.3 it remains only as a dummy.

term-cipher-suite = Cipher suite
term-cipher-suite-text =
    A named set of algorithms. The client offers several and the server picks one. In TLS 1.2 it names the
    key exchange, the kind of signature, the encryption and the hash; in TLS 1.3 only the last two.

term-ciphertext = Ciphertext
term-ciphertext-text = What encryption makes of the [plaintext](term:plaintext): bytes that say nothing without the key.

term-client = Client
term-client-text = The side that opens the connection, such as your browser.

term-der = DER
term-der-text =
    The exact way in which a certificate is written as bytes: for each field its kind, its length and its
    content. A value can be written in one way only, so both sides hash exactly the same bytes.

term-diffie-hellman = Diffie-Hellman
term-diffie-hellman-text =
    Each side keeps a private number and sends a public value made from it. Its own private number and the
    other’s public value give both sides the same secret, which was never sent.

term-digital-signature = Digital signature
term-digital-signature-text =
    A value made from some data with a private key. With the public key everybody can check that the holder
    of the private key made it and that the data is unchanged. It hides nothing.

term-eavesdropper = Eavesdropper
term-eavesdropper-text =
    Someone who reads everything on the wire and changes nothing. Even of an encrypted connection an
    eavesdropper learns a lot: addresses, mostly the server’s name, sizes and times, and in TLS 1.2 the certificates.

term-elliptic-curve = Elliptic curve
term-elliptic-curve-text =
    A set of points with which one can calculate: easy in one direction, with no known way back that is fast
    enough. It is as strong as RSA with much shorter keys; P-256 and X25519 are examples.

term-end-entity-certificate = End-entity certificate
term-end-entity-certificate-text =
    The certificate of the server or the client itself, the first in its Certificate message. Its key must
    not sign other certificates.

term-ephemeral = Ephemeral
term-ephemeral-text = Made fresh for this one handshake and forgotten afterwards.

term-extended-key-usage = Extended key usage
term-extended-key-usage-text =
    The field of a certificate that says for whom it is meant: a server, a client, signing mail and others.

term-extended-master-secret = Extended master secret
term-extended-master-secret-text =
    An extension of TLS 1.2 (RFC 7627): the [master secret](term:master-secret) then depends on every
    handshake message up to the key exchange and not only on the two randoms.

term-extension = Extension
term-extension-text =
    An addition to a Hello message or to a certificate, such as the server’s name. A server ignores
    the extensions of a Client Hello that it does not know.

term-finished = Finished
term-finished-text =
    The last handshake message of each side. It carries a value that only someone with the same secret, who
    saw the same messages, can make: see [verify_data](term:verify-data). In TLS 1.2 it is the first that is encrypted.

term-forward-secrecy = Forward secrecy
term-forward-secrecy-text =
    Whoever steals a private key later still cannot open connections that were recorded before, because their
    secrets came from [ephemeral](term:ephemeral) keys that are gone. RSA key transport does not have it.

term-gcm = GCM
term-gcm-text =
    Galois/Counter Mode: a way of using a cipher such as AES for data of any length that makes a tag as
    well. If a single bit is changed, the tag no longer fits.

term-handshake = Handshake
term-handshake-text =
    The messages at the start of a connection. With them both sides agree on algorithms, the server shows who
    it is (the client too, if asked), and both come to the same keys.

term-hash = Hash
term-hash-text =
    A function that makes a short fingerprint of data of any length; SHA-256 always gives 32 bytes. For a good one
    nobody knows how to find two inputs with the same fingerprint.

term-hex = Hexadecimal
term-hex-text =
    Bytes written with two digits each, from `0` to `9` and `a` to `f`: `00` is 0, `0a` is 10, `ff` is 255.

term-hmac = HMAC
term-hmac-text = A [MAC](term:mac) built from a [hash](term:hash) function and a secret key.

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

term-key-block = Key block
term-key-block-text =
    A row of bytes that both sides derive from the master secret and cut into keys, so that each direction
    has its own.

term-key-exchange = Key exchange
term-key-exchange-text =
    How two sides come to share a secret although everybody can read what they send: either one sends it
    encrypted (RSA key transport), or both compute it from values that may be public (Diffie-Hellman).

term-key-usage = Key usage
term-key-usage-text =
    The field of a certificate that says what its key may do: `digitalSignature` to sign a handshake,
    `keyEncipherment` to receive a secret by RSA, `keyCertSign` to sign certificates.

term-mac = MAC
term-mac-text =
    Message authentication code: a short value made from a message and a secret key. Whoever has the key can
    tell whether the message was changed.

term-master-secret = Master secret
term-master-secret-text =
    48 bytes that both sides derive from the [pre-master secret](term:pre-master-secret); all keys of the
    connection come from them. Since RFC 9846 it is called *main secret*.

term-mutual-tls = Mutual TLS
term-mutual-tls-text =
    TLS in which the server asks the client for a certificate too. The client also signs the handshake so far, which
    proves that it holds the private key.

term-nonce = Nonce
term-nonce-text =
    A number used once: a value that must never come twice with the same key. Each encrypted record has its own.

term-padding = Padding
term-padding-text = Bytes that fill up what is too short, for instance the last block of 16 bytes that AES in CBC needs.

term-pem = PEM
term-pem-text =
    The [DER](term:der) bytes of a certificate or a key written as letters (Base64) between a `BEGIN` and an
    `END` line, so that they can be copied as text.

term-pkcs1-padding = PKCS #1 padding
term-pkcs1-padding-text =
    What makes a short secret as long as the RSA key before it is encrypted: the bytes `00 02`, random bytes
    that are not zero, the byte `00`, then the secret.

term-plaintext = Plaintext
term-plaintext-text = What was meant to be said, before it is encrypted or after it is decrypted.

term-pre-master-secret = Pre-master secret
term-pre-master-secret-text =
    The first secret that both sides of a TLS 1.2 connection share. With RSA key transport it is 48 bytes from the
    client: a version and 46 random bytes. Since RFC 9846 it is called *preliminary secret*.

term-prf = PRF
term-prf-text =
    Pseudorandom function: the recipe by which TLS 1.2 makes of a secret, a label and a seed as many bytes as it
    needs. It is built on [HMAC](term:hmac).

term-private-key = Private key
term-private-key-text =
    The half of a key pair that never leaves its owner. It signs, or it opens what was encrypted with
    the public key. No certificate contains it.

term-public-key = Public key
term-public-key-text =
    The half of a key pair that everybody may know. With it one checks signatures made with the private key or,
    with RSA, encrypts something that only the private key opens.

term-random = Client random, server random
term-random-text =
    32 bytes that each side draws and sends openly in its Hello. Because they are new each time, the keys of each connection are new.

term-record = Record
term-record-text =
    The envelope in which TLS sends everything: a type, a version, a length and at most 16,384 bytes of content before
    encryption. Several messages may share a record, and one message may span several.

term-rfc = RFC
term-rfc-text =
    Request for Comments: one of the numbered documents in which the internet’s protocols are written down.

term-root-certificate = Root certificate
term-root-certificate-text =
    A certificate that a certification authority signed for itself. That signature creates no trust; it counts
    only where a client keeps this authority as a [trust anchor](term:trust-anchor).

term-rsa = RSA
term-rsa-text =
    A kind of asymmetric cryptography from 1977. Its strength is that nobody knows how to split a huge number
    into its two prime factors with today’s computers. It can sign, and it can encrypt something short.

term-rsa-key-transport = RSA key transport
term-rsa-key-transport-text =
    The historical key exchange: the client sends the [pre-master secret](term:pre-master-secret) encrypted with
    the server’s RSA key. Whoever gets the private key later can open every recorded connection. RFC 10015 forbids it since July 2026.

term-seed = Seed
term-seed-text =
    The bytes from which Padlock draws all randomness of a run, so that the same link shows the same bytes again.
    A real client and server must never do that.

term-sequence-number = Sequence number
term-sequence-number-text =
    Counts the records of each direction under the same keys. It goes into the protection of each record, so that a lost,
    repeated or swapped record is noticed. TLS does not send it; with AES-GCM Padlock uses it as the visible part of the nonce.

term-server = Server
term-server-text = The side that waits for connections, such as a shop on the web.

term-session-id = Session ID
term-session-id-text =
    A name for the secrets of an earlier TLS 1.2 connection, by which a client can ask to use them again. In a new
    connection the client leaves it empty.

term-sni = Server name (SNI)
term-sni-text =
    Server Name Indication: the [extension](term:extension) in which the client says which name it wants to reach. Unless
    Encrypted Client Hello is used, everybody on the way can read it.

term-ssl = SSL
term-ssl-text =
    Secure Sockets Layer, the predecessor of TLS. All its versions are prohibited today; only the name lives on, as in
    “SSL certificate”.

term-subject-alternative-name = Subject alternative name
term-subject-alternative-name-text =
    The names and addresses for which a certificate is good. The client looks only here for the name it wanted; the
    common name does not count.

term-symmetric-encryption = Symmetric encryption
term-symmetric-encryption-text =
    Encryption in which both sides have the same key. It is fast, so all the data of a connection goes through it.

term-tls = TLS
term-tls-text =
    Transport Layer Security: the protocol by which two programs talk over a network so that others can neither
    read nor change what they say unnoticed.

term-traffic-keys = Traffic keys
term-traffic-keys-text =
    The keys that protect the records. Often called “the session key”, but there is not just one: each
    direction has its own.

term-transcript = Transcript
term-transcript-text =
    All handshake messages so far, in order, exactly as they were sent and received. Both sides hash it; if something was changed on the
    way, their hashes differ.

term-trust-anchor = Trust anchor
term-trust-anchor-text =
    A certification authority whose name and public key a client trusts beforehand, mostly because they came with
    the browser or the operating system. Trust in a certificate has to lead to one.

term-validity = Validity
term-validity-text =
    The two dates in a certificate between which it is good. Before the first and after the second a client refuses it.

term-verify-data = verify_data
term-verify-data-text =
    The content of [Finished](term:finished), in TLS 1.2 12 bytes: the PRF of the master secret, a label and the hash of all
    handshake messages so far.
