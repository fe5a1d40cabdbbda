# The hybrid key exchange: a curve and ML-KEM-768 together.
# Placeholders: $client and $server are nouns such as “browser” and “shop”; $group is a curve.

scenario-kx-hybrid-about = Today’s browsers do it so: next to an elliptic curve stands ML-KEM, made to withstand quantum computers too.

story-hello13-hybrid =
    This key share has two parts: a public key of [ML-KEM](term:ml-kem), { $ml } bytes, and one on the curve { $group }, { $curve }
    bytes. That makes this Client Hello much longer than one with { $group } alone.
story-server13-hybrid =
    The key share of the { $server } has two parts too: a ciphertext of [ML-KEM](term:ml-kem), { $ml } bytes, made with the client’s public
    key, and a public key on the curve, { $curve } bytes.
story-handshake-keys-line-hybrid =
    Your ciphertext for [ML-KEM](term:ml-kem) gives me one secret, and our two keys on the curve give another. From both together I work out the keys
    for what follows.
story-handshake-keys-hybrid =
    Two ways lead to a secret here. [ML-KEM](term:ml-kem) gives both sides { $ml } bytes: the server made them along with the ciphertext, and
    the client gets the same from the ciphertext, with its private key. [Diffie-Hellman](term:diffie-hellman) on { $group }
    gives them { $curve } bytes more. One after the other, those of { $first } first, they are the shared secret: { $all } bytes.
story-handshake-keys-quantum-title = Why two secrets?
story-handshake-keys-quantum =
    A large quantum computer could work out the private keys on the curve from the public ones; nobody is known
    to have one, but connections can be recorded today and read then. For ML-KEM no such way is known. Yet it is much younger, and should
    somebody find a weakness in it, { $group } is still there. To read this connection, **both** have to be broken.
story-handshake-keys-hybrid-note =
    This is about who can read the connection. The certificate is signed as before: to pretend to be the { $server }, one would have to break that
    while the two talk, not years later.

value-ml-kem-seed = seed of the ML-KEM keys
value-ml-kem-seed-for = The client’s key pair for ML-KEM is made of it. It stays with the client, as the private key.
value-encapsulation-key = public key for ML-KEM
value-encapsulation-key-for = With it the server makes a secret, and a ciphertext that leads the client to the same secret.
value-encapsulation-random = random bytes for ML-KEM
value-encapsulation-random-for = The server makes secret and ciphertext of them and of the client’s public key.
value-ciphertext = ciphertext of ML-KEM
value-ciphertext-for = Brings the secret of ML-KEM to the client: it takes the client’s private key to get it out.
value-ml-kem-secret = secret of ML-KEM
value-ml-kem-secret-for = One of the two parts of the shared secret.
value-curve-secret = secret of the curve
value-curve-secret-for = What Diffie-Hellman gives both sides: one of the two parts of the shared secret.
value-shared-secret-hybrid-for = The secrets of ML-KEM and of the curve in a row: the same on both sides.
value-key-share = { $side }’s key share
value-key-share-both-for = Travels in the { $side }’s hello: what is of ML-KEM and the public key on the curve, in a row.
value-key-share-part-for = Travels in the { $side }’s hello, as one of the two parts of its key share.

term-ml-kem = ML-KEM
term-ml-kem-text =
    A way to come to a shared secret (FIPS 203) that is meant to withstand quantum computers too. One side sends a public key;
    the other makes a secret and a ciphertext with it; with the private key, the first gets the secret from the ciphertext.
