# The story where it is not the classic one: ECDHE, records laid out otherwise, sides that misbehave.
# Placeholders: $client and $server are nouns such as “browser” and “shop”; $name is a host name.

## Lists: “Certificate, Server Hello Done”

story-list = { $first }, { $second }

## What travels, and what a side does for itself, in a few words

story-lane-server-key-exchange = Server Key Exchange
story-lane-message = Message of type { $number }
story-lane-agree = Work out the same secret

## 2. Server Hello

story-suite-ecdhe-rsa = both agree on a secret by [ephemeral](term:ephemeral) keys, the server’s signed with RSA
story-suite-ecdhe-ecdsa = both agree on a secret by [ephemeral](term:ephemeral) keys, the server’s signed with ECDSA
story-server-hello-ecdhe = **Server Key Exchange** brings a second public key, made just now and for this connection alone. The { $server }
    signs it, and both randoms with it, with the private key that belongs to its certificate.
story-server-hello-done = **Server Hello Done** says that it is the client’s turn now.

## 3. Authentication

story-check-ecdhe-note =
    A good certificate does **not** prove by itself who is at the other end: anybody can send a copy of it. The proof is
    the signature in Server Key Exchange. It covers the random that the { $client } drew a moment ago, so the holder of the
    private key must have made it for this connection.

story-check-revocation-truth = Left out: how news of revoked certificates comes to clients.

## 5. Key exchange: ECDHE

story-share-title = The { $client } sends a fresh public key
story-share-line = Your signature fits. Here is a public key that I made just now: with yours, it gives us a secret.
story-share-p1 =
    The { $client } makes a key pair for this connection alone and sends its public half in **Client Key Exchange**.
    The private half stays here and is forgotten afterwards.
story-share-p2 =
    Nothing secret is sent, not even encrypted. That is the great difference from RSA key transport, where the secret
    itself travels in a locked box.
story-share-truth = TLS 1.3 does the same sooner: the client’s public key travels in the Client Hello.

## 7. The server checks its caller

story-caller-forged-line = I looked at your certificate and your signature. Something is wrong.

## 8. Both have the secret

story-agree-title = Both arrive at the same secret
story-agree-line = My private key with your public key gives the same as yours with mine. Now we share a secret.
story-agree-p1 =
    Each side takes its own private key and the other’s public key, and [Diffie-Hellman](term:diffie-hellman) on
    { $group } gives both the same [pre-master secret](term:pre-master-secret), *preliminary secret* in RFC 9846.
    It was never on the wire.
story-agree-note =
    Whoever steals the private key that belongs to the certificate later still cannot compute it: it came from keys that are gone by then. That is [forward secrecy](term:forward-secrecy).

## 9. The keys

story-keys-extended-line = From our secret and all that we said up to my Client Key Exchange I work out the keys. You do the same, and nothing needs to be sent.
story-keys-extended-p1 =
    A function called the [PRF](term:prf) mixes the pre-master secret with the hash of all messages up to and including
    Client Key Exchange; the randoms are part of those. What comes out is
    the [master secret](term:extended-master-secret), 48 bytes long.

## 11. The server’s Finished

story-server-finished-ecdhe-note =
    Now both know that they have the same keys, and that nobody changed a message of the handshake on the way.

## 12. The test message

story-sample-etm-p1 =
    The text goes into a [record](term:record). [Padding](term:padding) is put behind it, all of it is encrypted in [CBC](term:cbc)
    mode, and a [MAC](term:mac) over the encrypted bytes closes it: one changed bit, and the MAC would not fit.

## The refusal

story-why-weak-key = your certificate rests on a key that is too short
story-why-weak-hash = your certificate is signed in a way that can be forged
story-why-bad-signature = the signature on your certificate does not fit
story-why-not-authority = whoever signed your certificate is no certification authority
story-why-path-too-long = more authorities stand between you and the root than are allowed
story-why-key-usage = your certificate does not let its key be used for this
story-why-purpose = your certificate is meant for something else
story-why-not-permitted = whoever signed your certificate may not vouch for { $name }
story-why-critical-extension = your certificate demands something that I do not understand
story-why-revoked = your certificate was revoked
story-why-no-status = your certificate promises news of its state, and you sent none
story-why-certificate = your certificate does not check out
story-why-no-suite = none of the cipher suites that you offer suits my certificate’s key
story-why-signature = a signature does not fit
story-why-finished = our check values differ
story-why-other = what I got does not follow the rules

## Bytes

story-exhibit-stray = Another certificate that came along
story-exhibit-signer = The server that signed it, and must not

story-record-header-note = The five bytes of the header stay readable. All else takes the key to read.
story-record-shared-note = Several messages share this record: messages and records are two layers.
story-record-part-note = This record holds a part of a message; the rest is in the next one.
story-message = { $message }, put together again
story-message-note = This message did not fit into one record.
story-input-padded-only = content and padding

## What an eavesdropper learns

story-overheard-server-key = the server’s fresh public key
story-overheard-client-key = the client’s fresh public key
