# The story of a handshake: what the two sides say, and what happens, step by step.
# Placeholders: $client and $server are nouns such as “browser” and “shop”; $name is a host name.

## The two sides

story-actor-browser = Browser
story-actor-named = { $name }
story-noun-browser = browser
story-noun-shop = shop
story-noun-hr = HR server
story-noun-payroll = payroll server
story-brings-trust = trusts { $root }
story-brings-trust-and-key = trusts { $root }, holds a private key
story-brings-key = holds its private key
story-brings-key-and-trust = holds its private key, trusts { $root }

## The parts of the story

story-stage-client-hello = Client Hello
story-stage-server-hello = Server Hello
story-stage-authentication = Authentication
story-stage-key-exchange = Key exchange
story-stage-encryption = Encryption with session keys
story-stage-refusal = Refusal

## What travels, and what a side does for itself, in a few words

story-lane-client-hello = Client Hello
story-lane-server-hello = Server Hello
story-lane-certificate = Certificate
story-lane-empty-certificate = Certificate (empty)
story-lane-certificate-request = Certificate Request
story-lane-server-hello-done = Server Hello Done
story-lane-client-key-exchange = Client Key Exchange
story-lane-certificate-verify = Certificate Verify
story-lane-change-cipher-spec = Change Cipher Spec
story-lane-finished = Finished
story-lane-data = “{ $text }”
story-lane-alert = Alert: { $alert }
story-lane-check = Is this certificate good?
story-lane-check-failed = This certificate is not good
story-lane-caller = Who is calling?
story-lane-caller-failed = I do not accept this caller
story-lane-open = Opens the secret with its private key
story-lane-keys = Make the same keys

## 1. Client Hello

story-client-hello-title = The { $client } says hello
story-client-hello-line =
    Hello { $name }. I would like to talk with you in private. I speak TLS 1.2, and { $count ->
        [one] this cipher suite
       *[other] these { $count } cipher suites
    }. Which do you like?
story-client-hello-p1 =
    The { $client } is the [client](term:client): the side that opens the connection. Its **Client Hello** says which
    version of [TLS](term:tls) it speaks, which [cipher suites](term:cipher-suite) it can use, the best first,
    and [which server](term:sni) it wants to reach.
story-client-hello-p2 =
    It also carries the [client random](term:random), 32 bytes drawn for this connection alone. They are no secret:
    they are mixed into the keys, so that the same two sides get other keys each time. The [session ID](term:session-id) is empty,
    because no earlier session is continued.
story-client-hello-note =
    Nothing is encrypted yet. From this first message on, whoever reads the wire knows the name `{ $name }`.
story-client-hello-truth =
    A client of today offers TLS 1.3 in the same message. This run speaks TLS 1.2 from end to end.

## 2. Server Hello

story-server-hello-title = The { $server } answers and shows its certificate
story-server-hello-line =
    Hello. We both speak TLS 1.2, and I picked one cipher suite from your list. Here is my certificate: it says whose
    public key is in it. Have a look.
story-server-hello-line-asking =
    Hello. We both speak TLS 1.2, and I picked one cipher suite from your list. Here is my certificate: it says whose
    public key is in it. And please show me yours.
story-server-hello-p1 = **Server Hello** is the answer of the [server](term:server). It settles what both will use: one version and one [cipher suite](term:cipher-suite),
    chosen from what the client offered. It adds 32 random bytes of its own,
    the [server random](term:random).
story-server-hello-suite = `{ $suite }` reads: { $exchange }; { $cipher }; { $hash } is the [hash](term:hash) by which keys are derived.
story-suite-rsa = RSA carries the secret across
story-suite-aead = { $cipher } encrypts the records and notices changes
story-suite-cbc = { $cipher } in [CBC](term:cbc) mode encrypts the records and { $mac } notices changes
story-server-hello-p2 = **Certificate** carries the [certificate](term:certificate) of the { $server }, and behind it that of the authority
    that signed it, for the client to trace it to somebody it trusts. Anyone may see them.
    The [public key](term:public-key) is in the certificate; the [private key](term:private-key) never leaves the { $server }.
story-server-hello-asking = **Certificate Request** asks the client to show a certificate too. Between two programs that is usual, because nobody
    sits there to type a password: this is [mutual TLS](term:mutual-tls).
story-server-hello-rsa = **Server Hello Done**: with [RSA key transport](term:rsa-key-transport) that is all. The key in the certificate is
    what the client needs next.

story-server-hello-truth = Each message has a record of its own here. Other servers put several into one record; both are right.

## 3. Authentication

story-check-title = The { $client } checks the certificate
story-check-failed-title = The { $client } does not accept the certificate
story-check-line = Let me see who vouches for you, and whether this is really about { $name }, the name I asked for.
story-check-failed-line = I looked at who vouches for you, for which name and for how long, and I find a fault: { $why }.
story-check-p1 =
    The certificate says: *this public key belongs to { $subject }*. Anyone could write that. So the { $client } looks
    whether a [certification authority](term:certification-authority) [signed](term:digital-signature) exactly these bytes, whether
    the signatures lead to one that it trusted beforehand, and at each thing that could be wrong.
story-check-roots =
    Whom does it trust beforehand? Browsers and operating systems bring along a list
    of [root certificates](term:root-certificate), each of an authority that the makers of the list looked into. Here the
    list has one: { $root }. It signed the certificate of the authority that signed this one.
story-check-p2 =
    What it learns is a *name*, not whether the owner is honest: a swindler can own a name too, and a good certificate for it.
story-check-failed-p2 = One check that fails is enough. Nothing that came later could mend it, so the { $client } stops here.
story-check-rsa-note =
    A good certificate does **not** prove yet who is at the other end: anybody can send a copy of it. With RSA key
    transport the proof, the matching private key, shows only in the server’s Finished.
story-check-truth = Left out: whether the certificate was revoked after it was issued. Browsers look into that too.
story-card-of = The certificate of { $name }

## 4. The client’s certificate

story-client-certificate-title = The { $client } shows its certificate too
story-client-certificate-line = You asked who I am. Here is my certificate.
story-client-certificate-p1 =
    The { $server } asked, so the { $client } sends a **Certificate** message of its own. A client never sends one
    unasked. The key exchange and the proof follow in the same go.
story-client-certificate-note =
    In TLS 1.2 this message travels in the clear, so an eavesdropper learns who is calling. TLS 1.3 encrypts the
    certificates of both sides.
story-no-certificate-title = The { $client } has no certificate to show
story-no-certificate-line = You asked who I am, but I have no certificate to show you.
story-no-certificate-p1 =
    A client that is asked may not just stay silent: without a certificate it sends a **Certificate** message with an
    empty list. What to make of that is for the { $server } to decide.

## 5. Key exchange: RSA key transport

story-transport-title = The { $client } makes a secret and locks it
story-transport-line =
    I made up a secret and locked it with the public key of your certificate. If you have the private key, open it.
story-transport-p1 =
    The { $client } draws 46 random bytes and puts the version of its Client Hello in front: these 48 bytes are
    the [pre-master secret](term:pre-master-secret). RSA works on blocks as long as the key, so random [padding](term:pkcs1-padding) fills
    the rest, and then it is encrypted with the [public key](term:public-key) of the { $server }.
story-transport-p2 =
    So it is not “the session key” that is encrypted and sent. All keys are computed from this secret later, on
    both sides.
story-transport-note =
    This is the step that RSA key transport died of. Whoever records it and gets the server’s private key, even years
    later, can open it, and with it all that follows. It has no [forward secrecy](term:forward-secrecy).
story-transport-truth = RFC 10015 forbids it since July 2026, and TLS 1.3 never had it.
story-transport-later-truth = Exactly so in its time. The key exchange before it is forbidden since July 2026 (RFC 10015).

## 6. The client’s proof

story-proof-title = The { $client } signs what was said
story-proof-line = And here is my signature over everything we said. The private key that belongs to my certificate is with me.
story-proof-p1 =
    A certificate can be copied, so the { $client } has to show that it holds the [private key](term:private-key). In **Certificate Verify**
    it [signs](term:digital-signature) all handshake messages so far. The server’s random is among
    them, so that no old signature would fit.
story-proof-truth = In TLS 1.2 only a client sends this message; in TLS 1.3, each side that shows a certificate.

## 7. The server checks its caller

story-caller-title = The { $server } checks its caller
story-caller-failed-title = The { $server } does not accept its caller
story-caller-line = Let me see who vouches for you, and whether the signature is yours.
story-caller-failed-line = I looked at your certificate. Something is wrong.
story-caller-p1 =
    Just as the { $client } checked the certificate of the { $server }, the { $server } now checks that of the
    { $client }: who signed it, when it is valid, what it is for. No name was expected, so
    none is compared: whether { $name } may do this is for the application to decide.
story-caller-p2 =
    Then it takes the public key of that certificate and checks the signature of **Certificate Verify**. Here the proof
    is explicit: only the holder of the private key could sign this connection’s messages.

## 8. Both have the secret

story-open-title = The { $server } opens the secret
story-open-line = Done: my private key opens it. Now the secret is yours and mine.
story-open-p1 =
    Only the [private key](term:private-key) that belongs to the certificate undoes the encryption. The { $server }
    takes off the padding and holds the same 48 bytes as the { $client }.
story-open-note =
    If the padding is wrong, the { $server } does not say so. It goes on with random bytes instead, and the handshake
    fails later, at Finished. For an attacker could send changed copies of a recorded message, thousands of them, and
    learn the secret bit by bit from a server that tells which have good padding: Daniel Bleichenbacher showed it in 1998.

## 9. The keys

story-keys-title = Both make the same keys
story-keys-line = From our secret and our two randoms I work out the keys. You do the same, and nothing needs to be sent.
story-keys-p1 =
    A function called the [PRF](term:prf) mixes the pre-master secret with both randoms. What comes out is
    the [master secret](term:master-secret), 48 bytes long. RFC 9846 calls it the main secret.
story-keys-p2 =
    From the master secret comes the [key block](term:key-block), which is cut into pieces. There is not one “session key”:
    each direction has [its own](term:traffic-keys). What the { $client } encrypts with, the { $server } decrypts
    with, and the other way round.
story-keys-p3 =
    The slow cryptography with public and private keys has done its part. From here on fast [symmetric encryption](term:symmetric-encryption)
    takes over.

## 10. The client’s Finished

story-client-finished-title = The { $client } switches to encryption
story-client-finished-line = From here on I encrypt. First comes my check value over all that we said: does it match yours?
story-client-finished-p1 = [Change Cipher Spec](term:change-cipher-spec) is a single byte: “what follows is protected with the new keys”. It is a
    record type of its own, no handshake message, and the check value does not cover it.
story-client-finished-p2 = [Finished](term:finished) is the first encrypted message. It holds [12 bytes](term:verify-data) that the PRF makes of the master
    secret and the hash of all handshake messages. Only someone who has the same secret and saw the same messages can make them.
story-client-finished-note =
    This guards the hellos too. Had somebody on the way struck out the good cipher suites, the two sides would have seen
    different messages, and the value would not match.

## 10. The rest of the client’s messages, where the server refuses its caller

story-unread-title = The { $client } goes on without waiting
story-unread-line = I do not know yet whether that is enough for you. Here is the rest of what I have to say.
story-unread-p1 =
    In TLS 1.2 the client sends its whole answer in one go: the key exchange, with its signature if it showed a certificate,
    the switch to encryption and Finished. No reply is due in between.
story-unread-p2 =
    So the { $client } has worked out all its keys already. The { $server } will read none of this.
story-unread-truth = The answer in one go is as TLS 1.2 has it; RSA key transport, which is in it, is forbidden since July 2026 (RFC 10015).

## 11. The server’s Finished

story-server-finished-title = The { $server } switches to encryption too
story-server-finished-line = Your check value is right. From here on I encrypt as well. Here is mine.
story-server-finished-p1 =
    The { $server } made the same 12 bytes for itself, compared them, and now does the same in the other direction: **Change Cipher Spec**,
    then its own [Finished](term:finished), which covers the client’s Finished as well.
story-server-finished-rsa-note =
    Only now does the { $client } know that it talks to the holder of the private key. Nobody else could open the pre-master
    secret, and without that nobody can make this value.
story-server-finished-truth =
    When an earlier session is resumed, the server sends its Finished first. In TLS 1.3 Change Cipher Spec means nothing any more.

## 12. The test message

story-sample-title = A test message, encrypted
story-sample-line = Here is a sample, encrypted with our new keys. If you can read it, send it back.
story-sample-aead-p1 =
    The text goes into a [record](term:record). It is encrypted with the { $client }’s key and a [nonce](term:nonce)
    that never comes twice, and closed with a tag of 16 bytes ([AEAD](term:aead)): one changed bit, and the tag would not fit.
story-sample-cbc-p1 =
    The text goes into a [record](term:record). A [MAC](term:mac) over its [sequence number](term:sequence-number), type, version and length
    and the text is put behind it and [padding](term:padding) behind that, and then all of it is encrypted in [CBC](term:cbc) mode: one changed bit,
    and the MAC would not fit.
story-sample-p2 =
    An eavesdropper still sees that something travels, when and in which direction, and that it takes
    { $size } bytes: { $more } more than the text has, for the header and for what encryption adds.

## 13. The answer

story-answer-title = The { $server } sends it back
story-answer-line = Yes, I can read it. Here it is again.
story-answer-p1 =
    The { $server } has opened the { $client }’s record, and answers with the key of its own direction.
    The words came through unharmed both ways: the connection works.
story-answer-p2 =
    From here on the applications talk, and TLS carries what they say, record by record.

## 14. Goodbye

story-close-title = The { $party } says goodbye
story-close-line = That is all I have to say. Goodbye.
story-close-p1 = **close_notify** is an [alert](term:alert), but no fault: it says that no more data comes from this side, and it is
    encrypted like the data.
story-close-p2 =
    Without it, somebody on the way could cut the connection, and the other side might take half a message for the whole.
story-closed-line = Goodbye.
story-closed-p1 =
    The { $party } answers with a close_notify of its own. Now both know that nothing is missing.
story-closed-p2 =
    The keys have served their time: a new connection makes new ones.

## The refusal

story-refused-title = The { $who } refuses the connection
story-refused-line = I cannot go on: { $why }. Goodbye.
story-refused-p1 = The { $who } sends the [alert](term:alert) `{ $alert }`, number { $number }. { $meaning }
story-refused-p2 =
    The alert is fatal: the connection is over, and no data was sent. The { $other } learns this number and no more.
story-refused-name-note =
    TLS has no alert for a name that does not fit. Every client has to pick another one; this one picks `{ $alert }`.
story-refused-missing-note =
    TLS 1.2 has no alert of its own for a missing certificate; TLS 1.3 has one, `certificate_required` (116). What the { $other }
    sent after its empty Certificate is not read any more.
story-refused-proceed-note =
    A browser that offers to “proceed anyway” makes a *new* connection, in which it overlooks the fault. This one is over.
story-why-expired = your certificate has expired
story-why-not-yet-valid = your certificate is not valid yet
story-why-name = your certificate is not for { $name }
story-why-unknown-issuer = I do not know who vouches for you
story-why-no-certificate = I asked for your certificate and got none

## Bytes

story-signed-hash = Hash of the certificate of { $name }
story-signed-hash-for =
    All that { $issuer } vouches for, brought down to { $length } bytes. If a single bit of the certificate is
    changed, another hash comes out.
story-signed-block = What the signature of { $issuer } says
story-signed-block-for =
    Raised to the power e, the signature on the certificate of { $name } becomes this block, which ends with the hash.
    Only with the private key of { $issuer } can such a number be found.

story-known-sample = the test message
story-known-answer = the answer
story-record = Record: { $contents }
story-record-protected = Encrypted record: { $contents }
story-record-nonce-note =
    The five bytes of the header and the next eight, the visible part of the nonce, stay readable. All else takes the key to read.
story-record-iv-note =
    The five bytes of the header and the next sixteen, the initialization vector, stay readable. All else takes the key to read.
story-opened = The same record, decrypted: { $contents }
story-opened-note = Nobody on the wire sees these bytes.
story-protected-title = Encrypted record: { $contents }
story-protected-purpose = Nobody without the key can read it, or change it unnoticed.
story-input-signed = the signed part of the certificate
story-input-signature = the signature
story-input-issuer-key = public key of { $issuer }
story-input-nonce = nonce
story-input-iv = initialization vector
story-input-additional-data = what is authenticated but not encrypted
story-input-plaintext = plaintext
story-input-padded = content, MAC and padding

## What an eavesdropper learns

story-overheard-name = the name { $name }
story-overheard-suites = the cipher suites on offer
story-overheard-client-random = the client random
story-overheard-server-random = the server random
story-overheard-suite = the suite that was chosen
story-overheard-certificate = the certificate of { $name }
story-overheard-asked = that the client is asked for a certificate
story-overheard-client-certificate = who is calling: { $name }
story-overheard-no-certificate = that the client has no certificate
story-overheard-sealed = the pre-master secret, but sealed
story-overheard-encryption = that encryption has begun
story-overheard-records =
    { $count ->
        [one] size and time of 1 encrypted record
       *[other] size and time of { $count } encrypted records
    }
story-overheard-alert = the alert { $alert }

## The certificates of the run

story-exhibit-server = The server’s certificate
story-exhibit-client = The client’s certificate
story-exhibit-issuer = The authority that signed it
story-exhibit-root = The root that the { $who } trusts
story-exhibit-sent = { $holder } sends this certificate in the handshake. Whoever reads the wire can read it too.
story-exhibit-unsent = { $holder } has this certificate ready. It was not sent, for the handshake ended before.
story-exhibit-held =
    This certificate does not travel: it was there before the connection, on the list of
    roots that { $holder } trusts. A root signs for itself, and that signature proves nothing: it is the list that counts.
