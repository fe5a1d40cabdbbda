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

term-change-cipher-spec = Change Cipher Spec
term-change-cipher-spec-text =
    A single byte that says: what I send from now on is protected with the new keys. It is a kind of record
    of its own and no handshake message. In TLS 1.3 it remains only as a dummy.

term-cipher-suite = Cipher suite
term-cipher-suite-text =
    A named set of algorithms. The client offers several and the server picks one. In TLS 1.2 it names the
    key exchange, the kind of signature, the encryption and the hash; in TLS 1.3 only the last two.

term-client = Client
term-client-text = The side that opens the connection, such as your browser.

term-der = DER
term-der-text =
    The exact way in which a certificate is written as bytes: for each field its kind, its length and its
    content. A value can be written in one way only, so both sides hash exactly the same bytes.

term-digital-signature = Digital signature
term-digital-signature-text =
    A value made from some data with a private key. With the public key everybody can check that the holder
    of the private key made it and that the data is unchanged. It hides nothing.

term-eavesdropper = Eavesdropper
term-eavesdropper-text =
    Someone who reads everything on the wire and changes nothing. Even of an encrypted connection an
    eavesdropper learns a lot: addresses, mostly the server’s name, sizes and times, and in TLS 1.2 the certificates.

term-ephemeral = Ephemeral
term-ephemeral-text = Made fresh for this one handshake and forgotten afterwards.

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

term-hash = Hash
term-hash-text =
    A function that makes a short fingerprint of data of any length; SHA-256 always gives 32 bytes. For a good one
    nobody knows how to find two inputs with the same fingerprint.

term-hmac = HMAC
term-hmac-text = A [MAC](term:mac) built from a [hash](term:hash) function and a secret key.

term-key-block = Key block
term-key-block-text =
    A row of bytes that both sides derive from the master secret and cut into keys, so that each direction
    has its own.

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

term-pkcs1-padding = PKCS #1 padding
term-pkcs1-padding-text =
    What makes a short secret as long as the RSA key before it is encrypted: the bytes `00 02`, random bytes
    that are not zero, the byte `00`, then the secret.

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

term-root-certificate = Root certificate
term-root-certificate-text =
    A certificate that a certification authority signed for itself. That signature creates no trust; it counts
    only where a client keeps this authority as a [trust anchor](term:trust-anchor).

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

term-trust-anchor = Trust anchor
term-trust-anchor-text =
    A certification authority whose name and public key a client trusts beforehand, mostly because they came with
    the browser or the operating system. Trust in a certificate has to lead to one.

term-verify-data = verify_data
term-verify-data-text =
    The content of [Finished](term:finished), in TLS 1.2 12 bytes: the PRF of the master secret, a label and the hash of all
    handshake messages so far.
