# The story of TLS 1.3, where it is not that of TLS 1.2.
# Placeholders: $client and $server are nouns such as “browser” and “shop”; $name is a host name.

## What travels, and what a side does for itself, in a few words

story-lane-retry-request = Hello Retry Request
story-lane-encrypted-extensions = Encrypted Extensions
story-lane-end-of-early-data = End Of Early Data
story-lane-new-session-ticket = New Session Ticket
story-lane-handshake-keys = Make the keys for the rest of the handshake
story-lane-recognise = Is it the same as last time?
story-lane-recognise-external = Does it have our key?
story-lane-main-keys = Make the keys for the data

## Who takes part

story-brings-given-key = has the key that both were given

story-exhibit-encrypted = { $holder } sends this certificate in the handshake, encrypted: whoever reads the wire cannot read it.
story-exhibit-earlier = { $holder } showed this certificate when the two last spoke. In this connection it does not travel.

## 1. Client Hello

story-hello13-line =
    Hello { $name }. I would like to talk with you in private. I speak TLS 1.3, and 1.2 if need be, and { $count ->
        [one] this cipher suite
       *[other] these { $count } cipher suites
    }. Here is a fresh public key already: I guess that you can use it.
story-hello13-line-psk =
    Hello { $name }, we have spoken before. Here is the ticket that you gave me then, and a proof that it is mine. And
    here is a fresh public key.
story-hello13-p2 =
    It also carries the [client random](term:random), 32 bytes drawn for this connection alone. That the { $client } speaks TLS 1.3
    stands in an [extension](term:extension), *supported_versions*; in the old place stands 1.2, because too many
    old servers hung up at a higher number. The session ID is random too, and means nothing: it is there for
    devices on the way that expect one.
story-hello13-p3 =
    New is the [key share](term:key-share): the { $client } makes a key pair for this connection alone and sends the public half
    at once, without waiting for what the server can use. That saves a [round trip](term:round-trip).
story-hello13-p4 =
    The [ticket](term:ticket) is from the connection before. Behind it stands
    the [binder](term:binder), a check value over this very Client Hello: only someone who has the key of that
    connection can make it.
story-hello13-early = Another extension, *early_data*, announces that the message itself follows at once.
story-hello13-line-psk-alone =
    Hello { $name }, we have spoken before. Here is the ticket that you gave me then, and a proof that it is mine. Let us go on with the
    key of then, and nothing else.
story-hello13-psk-alone =
    In *psk_key_exchange_modes* the { $client } says how it wants to use that key: alone (*psk_ke*). The [key share](term:key-share), a fresh public key, is only there in
    case the server does not know the ticket, and they have to begin anew.
story-hello13-line-external =
    Hello { $name }. We were both given a key. This is what it is called, and here is a proof that I have it. And here is a fresh public key.
story-hello13-external =
    In *pre_shared_key* stands the name of a [pre-shared key](term:psk), which anyone on the way can read. The key itself is not sent.
    Behind the name stands the [binder](term:binder), a check value over this very Client Hello: only someone who has the key can make it.

## 1a. Hello Retry Request, and the second Client Hello

story-retry-title = The { $server } asks for another key
story-retry-line = I cannot use that key. Please send me one on a curve that we both know.
story-retry-p1 = **Hello Retry Request** has the form of a Server Hello; a fixed value in the place of the random tells them apart. It names
    the group that the { $server } can use: { $group }. The { $client } had offered it, but sent no [key share](term:key-share) for it.
story-retry-p2 = **Change Cipher Spec** means nothing in TLS 1.3. It makes the connection look like TLS 1.2 to devices on the way that
    would otherwise break it off.
story-retry-note = A server may ask so once, and no more. It costs one [round trip](term:round-trip).
story-again-title = The { $client } says hello again
story-again-line = Here is a key of the kind that you asked for. All else is as I said.
story-again-p1 =
    The second Client Hello differs from the first in its key share, and in little else. Both stand in
    the [transcript](term:transcript), the first one as its hash, so nobody on the way can have pushed the two into something weaker unnoticed.

## 1b. Early data

story-early-title = The { $client } sends its message at once
story-early-line = And here is already what I want to say, encrypted with a key of our last connection.
story-early-p1 =
    From the key of the connection before, the { $client } works out a key for [early data](term:early-data) and sends its message without
    waiting for any answer: no round trip at all.
story-early-note =
    This has its price. Whoever steals what these keys come from, later, can read it: it has
    no [forward secrecy](term:forward-secrecy). And whoever records it can send it a second time; the server has to see to it that nothing happens twice.

## 2. Server Hello

story-server13-title = The { $server } answers with a key of its own
story-server13-line = Hello. TLS 1.3 it is, with this cipher suite, and here is my fresh public key. All that I say from here on is encrypted.
story-server13-line-psk = Hello again. I know your ticket, so I need not show my certificate. Here is my fresh public key. All that I say from here on is encrypted.
story-server13-line-psk-alone = Hello again. I know your ticket, so we have a key already. All that I say from here on is encrypted.
story-server13-line-external = Hello. I have the key of that name too, so nobody needs a certificate. Here is my fresh public key. All that I say from here on is encrypted.
story-server13-p1 = **Server Hello** is the answer of the [server](term:server). It settles version and [cipher suite](term:cipher-suite), and
    adds 32 random bytes of its own, the [server random](term:random), and its [key share](term:key-share), a public key made for this connection alone.
story-server13-suite = `{ $suite }` names no key exchange and no signature: { $cipher } encrypts the records and notices changes; { $hash } is
    the [hash](term:hash) by which keys are derived. The rest is settled by extensions.
story-server13-psk = The { $server } opens the [ticket](term:ticket) with a key that only it has, and finds the key of that connection
    in it. It checks the [binder](term:binder), and picks the ticket.
story-server13-psk-alone-title = The { $server } takes the ticket
story-server13-psk-alone-p1 = **Server Hello** is the answer of the [server](term:server). It settles version and [cipher suite](term:cipher-suite), and
    adds 32 random bytes of its own, the [server random](term:random). There is no [key share](term:key-share) in it: so the client knows that its own
    is not used.
story-server13-external = The { $server } looks for that name among the keys that were given to it, checks the [binder](term:binder) with the key that it
    finds, and picks it.
story-server13-remembered = The ticket also holds the certificate that the { $client } showed then. The server looks at it once more, for it may have
    expired meanwhile.
story-server13-ccs = **Change Cipher Spec** means nothing in TLS 1.3: it is there for devices on the way that expect it.
story-server13-note =
    This is the last message that can be read on the wire. In TLS 1.2 the certificates followed in the clear.

## 3. The keys for the handshake

story-handshake-keys-title = Both make keys for the rest of the handshake
story-handshake-keys-line = My private key with your public key gives the same as yours with mine. From it I work out the keys for what follows.
story-handshake-keys-p1 =
    Each side takes its own private key and the other’s public key, and [Diffie-Hellman](term:diffie-hellman) on { $group } gives
    both the same { $size } bytes. They begin with `{ $start }`, and they were never on the wire. This is the shared secret.
story-handshake-keys-p2 =
    Nothing is encrypted with this secret itself. Both mix it with the [hash](term:hash) of both hellos, in a fixed order, the [key schedule](term:key-schedule).
    Had anybody changed a byte of the hellos on the way, the two would now come to different keys.
story-handshake-keys-p3 =
    Out of it come, for each direction, a **key** of { $key } bytes, which encrypts the records, and
    an [IV](term:initialization-vector) of { $iv } bytes. The { $server }’s key begins with `{ $start }`.
story-handshake-keys-iv-title = What is the IV for?
story-handshake-keys-iv =
    The same words, encrypted twice with one key, must not look the same. So each record gets a value of its own besides
    the key, the [nonce](term:nonce): it is the IV, combined with the number of the record. For the { $server }’s first record it
    is `{ $first }`, for the second `{ $second }`. Both sides count the records themselves, so the nonce is never sent.
story-handshake-keys-none =
    “What was computed” shows the way as a ladder. Its first rung is made of zeros: these two have no secret from an earlier connection.
story-handshake-keys-psk = “What was computed” shows the way as a ladder. Its first rung is made of the key of the connection before. The fresh keys are stirred in on top, so that whoever steals that key later still cannot read on.
story-handshake-keys-external = “What was computed” shows the way as a ladder. Its first rung is made of the key that both were given. The fresh keys are stirred in on top, so that whoever gets hold of that key later still cannot read on.
story-handshake-keys-line-psk-alone = We have the key of our last connection. From it and from our two hellos I work out the keys for what follows.
story-handshake-keys-psk-alone =
    There is no [Diffie-Hellman](term:diffie-hellman) this time. The only secret that the two have is the [pre-shared key](term:psk) of the connection before. It
    travelled inside the ticket only, sealed with a key that nobody but the server has.
story-handshake-keys-psk-alone-ladder = “What was computed” shows the way as a ladder. Its first rung is made of the key of the connection before. Where the shared secret would be stirred in stand zeros.
story-handshake-keys-psk-alone-note =
    This saves some work, but it has a price: there is no [forward secrecy](term:forward-secrecy). Whoever gets hold of that key later, or of the key in which the
    ticket is sealed, can read all of this connection. Browsers do not do this; small devices may.
story-handshake-keys-truth = In a full handshake of TLS 1.2 a server can make its keys only once the client has spoken a second time.

## 4. Encrypted Extensions

story-extensions-title = The { $server } settles the rest, encrypted
story-extensions-line = This is the rest of my answer. Nobody but you can read it.
story-extensions-line-asking = This is the rest of my answer. And please show me your certificate. Nobody but you can read this.
story-extensions-p1 = **Encrypted Extensions** answers what the client proposed and nobody else needs to see: which protocol is spoken above TLS,
    for instance. Here there is little to say.
story-extensions-asking = **Certificate Request** asks the client to show a certificate too: this is [mutual TLS](term:mutual-tls).
story-extensions-early = It also says that the [early data](term:early-data) were taken.
story-extensions-early-refused =
    Had the { $server } taken the [early data](term:early-data), it would say so here. It does not, and it threw them away unread. If the { $client } still wants to say it, it sends it
    again, once the handshake is over. A server does so when it cannot be sure that nobody sent them a second time, for instance.
story-sample-again = This is the message that came too early. The { $server } threw it away then, and gets it now.
story-extensions-note = From outside, this record looks like any other: that it is part of the handshake stands inside, encrypted.

## 5. Certificate

story-certificate13-title = The { $server } shows its certificate, encrypted
story-certificate13-line = This is my certificate. Only you see it.
story-certificate13-p1 = **Certificate** carries the [certificate](term:certificate) of the { $server } and that of the authority
    that signed it, as in TLS 1.2.
story-certificate13-note =
    An eavesdropper sees a record of about this size and no more. The name of the server, though, was readable in
    the Client Hello.

## 6. Certificate Verify

story-proof13-title = The { $server } signs what was said
story-proof13-line = And this is my signature over all that we said. The private key that belongs to my certificate is with me.
story-proof13-p1 =
    A certificate can be copied, so the { $server } has to show that it holds the [private key](term:private-key). In **Certificate Verify**
    it [signs](term:digital-signature) the [hash](term:hash) of everything that both sides said so far, both randoms and both key shares included.
story-proof13-p2 =
    In front of the hash stand 64 spaces and the words “TLS 1.3, server CertificateVerify”, so that this signature
    fits nothing else that is ever signed with that key.
story-proof13-truth = In TLS 1.2 a server signs its fresh key and the randoms only, and with RSA key transport nothing at all.

## 7. The server’s Finished

story-server-finished13-title = The { $server } closes with a check value
story-server-finished13-line = This is my check value over all that we said. Does it match yours?
story-server-finished13-p1 = [Finished](term:finished) holds an [HMAC](term:hmac) over the [hash](term:hash) of all handshake messages, made with a key of the [key schedule](term:key-schedule).
    Only someone who came to the same secrets and saw the same messages can make it.
story-server-finished13-psk =
    No certificate, no signature: that the { $server } is the one of last time shows in this value. Only it could open the ticket.
story-server-finished13-external =
    No certificate, no signature: that this is the right one shows in this value. Only someone who was given the key could make it.
story-server-finished13-truth = In a full handshake of TLS 1.2 the client’s Finished comes first.

## 8. The check

story-check13-title = The { $client } checks the { $server }
story-check13-line = Let me see who vouches for you, whether this is about { $name }, and whether it is really you.
story-check13-proof-note =
    A good certificate does **not** prove by itself who is at the other end: anybody can send a copy of it. The proof is
    the signature in Certificate Verify. It covers what the { $client } drew a moment ago, so the holder of the
    private key made it for this connection.
story-check13-psk-title = The { $client } recognises the { $server }
story-check13-psk-line = Your check value is right, so you are who you were last time.
story-check13-psk-p1 =
    There is no certificate to check this time. The { $client } checked it when the two last spoke, and the check value shows that the
    other side has the key of that connection.
story-check13-external-line = Your check value is right, so you were given our key.
story-check13-external-p1 =
    There is no certificate to check. The check value shows that the other side has the same key, and that nobody changed a message on the way.
story-check13-external-note =
    This proves as much as the key is kept secret. Whoever else was given it could be at the other end, as { $server } or as { $client }. So it needs to be a random one
    that no more than two have, and it suits machines that were set up together: nobody can give a key of its own to each visitor of a website.

## 9. The keys for the data

story-main-keys-title = Both make the keys for the data
story-main-keys-line = Further down the ladder, I have the keys for what we want to say.
story-main-keys-p1 =
    The keys so far were for the handshake. For what the two want to say they make new ones: the ladder goes on to
    the [main secret](term:main-secret), { $secret } bytes, and from it to a key of { $key } bytes and
    an [IV](term:initialization-vector) of { $iv } bytes for each direction.
story-main-keys-p2 =
    The hash of everything that was said up to the server’s Finished goes into them. It begins with `{ $hash }`. Both have the same one, so
    both have the same keys: the { $client } will encrypt with the one that begins with `{ $client-key }`, the { $server } with the one
    that begins with `{ $server-key }`.
story-main-keys-p3 =
    In TLS 1.2 one [key block](term:key-block) is cut into all keys. Here each key is derived under a name of its own, and the handshake
    has other keys than the data.

## 10. The client’s certificate

story-client-certificate13-p1 =
    The { $server } asked, so the { $client } sends a **Certificate** message of its own. A client never sends one
    unasked.
story-client-certificate13-note = In TLS 1.2 this message travels in the clear. Here an eavesdropper does not learn who is calling.

## 11. The client’s Finished

story-client-finished13-title = The { $client } confirms with its check value
story-client-finished13-line = Your check value is right. Here is mine.
story-client-finished13-p1 =
    The client’s [Finished](term:finished) covers all that was said, the server’s Finished included. It is the last message with the keys of the handshake.
story-client-finished13-early = **End Of Early Data** comes first: with it the client leaves the keys of early data.
story-client-finished13-note =
    The { $client } could send its data right behind it: after one [round trip](term:round-trip). A full handshake of TLS 1.2 takes two.
story-client-finished13-retry-note =
    The { $client } could send its data right behind it: after two [round trips](term:round-trip), because of the second attempt. Usually
    it is one.
story-client-finished13-early-note =
    The { $client } had no need to wait for any of this: its message was sent before the first answer.

## 12. The server checks its caller

story-caller13-p2 =
    Then it takes the public key of that certificate and checks the signature of **Certificate Verify**, just as the { $client } did.

## 13. The ticket

story-ticket-title = The { $server } gives out a ticket
story-ticket-line = Keep this. If you show it when you come back, we can be faster.
story-ticket-p1 = **New Session Ticket** carries a [ticket](term:ticket): what the { $server } wants to remember of this connection, encrypted with a key
    that only it has. So it need not remember anything itself.
story-ticket-p2 =
    Both sides derive the [pre-shared key](term:psk) of the next connection from this one’s secrets. The ticket itself travels in the
    Client Hello then, where everybody sees it; without the key nobody can use it.

## The refusal

story-refused13-p2 =
    The alert is fatal: the connection is over, and in this run no data was sent. The { $other } learns this number and no more;
    an eavesdropper not even that, because the alert is encrypted.

## Who knows what

story-known-try = { $value } ({ $number ->
        [1] first try
       *[other] second try
    })

## What an eavesdropper learns

story-overheard-ticket = that they spoke before, and the ticket
story-overheard-psk = what the key is called that both were given
story-overheard-retry = which group the server asks for

## The checks

check-server-proof = Server’s proof
check-binder = Binder
reason-proof = The signature over all that was said so far verifies with the key in the certificate ({ $scheme }).
reason-proof-wrong = The signature over what was said does not verify with the key in the certificate ({ $scheme }).
reason-finished13 = The value that came is the one that the { $who } worked out for itself.
reason-finished13-wrong = The value that came is not the one that the { $who } worked out for itself.
reason-binder = Whoever made this Client Hello has the pre-shared key.
reason-binder-wrong = Whoever made this Client Hello does not have the pre-shared key.

## The values

value-side-client = client
value-side-server = server
value-zeros = zeros
value-zeros-for = Stand where there is no secret to put in.
value-empty-hash = hash of nothing
value-empty-hash-for = Stands where no messages belong.
value-early-secret = early secret
value-early-secret-for = Where the ladder begins: made of a pre-shared key, or of zeros.
value-shared-secret = shared secret
value-shared-secret-for = What both fresh key pairs together give: the same on both sides.
value-derived-secret = derived secret
value-derived-secret-for = Leads from one secret on the ladder’s line to the next.
value-handshake-secret = handshake secret
value-handshake-secret-for = The next secret on the line: the shared secret is stirred in.
value-handshake-secret-psk-alone-for = The next secret on the line: zeros stand where the shared secret of fresh keys would be.
value-main-secret = main secret
value-main-secret-for = The last secret on the line (RFC 8446: master secret). The keys for the data come from it.
value-messages-hash = hash of the messages: { $messages }
value-messages-hash-for = All that was said up to there, as a short fingerprint.
value-first-hello-hash = hash of the first Client Hello
value-first-hello-hash-for = Stands in the transcript for the first Client Hello, so that a server need not remember it.
value-handshake-traffic-secret = { $side }’s handshake traffic secret
value-handshake-traffic-secret-for = The keys that protect the rest of the handshake in this direction come from it.
value-application-traffic-secret = { $side }’s application traffic secret
value-application-traffic-secret-for = The keys that protect the data in this direction come from it.
value-early-traffic-secret = early traffic secret
value-early-traffic-secret-for = The key that protects early data comes from it.
value-handshake-key = { $side }’s key for the handshake
value-application-key = { $side }’s key for the data
value-early-key = key for early data
value-traffic-key-for = Encrypts what this side sends; the other side decrypts with the same key.
value-handshake-iv = { $side }’s IV for the handshake
value-application-iv = { $side }’s IV for the data
value-early-iv = IV for early data
value-traffic-iv-for = Combined with the number of the record it is the nonce, another one for each record: so the same words never look the same.
value-finished-key = { $side }’s key for Finished
value-finished-key-for = The check value in Finished is made with it.
value-verify-data13-for = What Finished holds: only someone who came to the same secrets and saw the same messages can make it.
value-signed-content = what the { $side } signs
value-signed-content-for = 64 spaces, what it is for, and the hash of all that was said.
value-content-signature = signature of the { $side }
value-content-signature-for = Shows that the { $side } holds the private key that belongs to its certificate.
value-key-share-for = What travels as key share in the { $side }’s hello.
value-exporter-secret = exporter secret
value-exporter-secret-for = From it, applications can derive secrets of their own.
value-resumption-secret = resumption secret
value-resumption-secret-for = The keys that go with tickets come from it.
value-psk = pre-shared key
value-psk-for = The secret that both have from before; with a ticket, from an earlier connection.
value-psk-next-for = The secret that goes with the new ticket, for the next connection.
value-binder-key = binder key
value-binder-key-for = Leads to the binder.
value-binder-finished-key = key for the binder
value-binder-finished-key-for = The binder is made with it.
value-binder = binder
value-binder-for = Shows that the client has the pre-shared key, and ties it to this Client Hello.
value-ticket-nonce = ticket nonce
value-ticket-key = ticket key
value-ticket-content = what the server has to remember
value-ticket-content-for = The pre-shared key, the cipher suite, when the session began and when the ticket was issued, and who the client is, if it showed a certificate.
value-ticket = ticket
value-ticket-for = The same, encrypted: nobody but the server can read it, and the client need not.

## The glossary

term-key-share = Key share
term-key-share-text =
    A fresh public key for [Diffie-Hellman](term:diffie-hellman). In TLS 1.3 both sides send theirs in their hello.

term-round-trip = Round trip
term-round-trip-text = The way to the other side and back. While an answer is on its way, one waits.

term-ticket = Ticket
term-ticket-text =
    What a server wants to remember of a connection, encrypted for itself and kept by the client. The client shows it when
    it comes back, and the certificate can be left out.

term-psk = Pre-shared key (PSK)
term-psk-text =
    A secret that both sides have before the handshake begins, mostly from an earlier connection.

term-binder = Binder
term-binder-text =
    A check value over a Client Hello, made with the [pre-shared key](term:psk). Without it a
    copied [ticket](term:ticket) is of no use.

term-early-data = Early data (0-RTT)
term-early-data-text =
    Data that a client sends along with its first message, under a key of an earlier connection. They can be recorded and sent
    again, so they are only fit for what does no harm when it happens twice.

term-key-schedule = Key schedule
term-key-schedule-text =
    The order in which keys are made from secrets. In TLS 1.3 it is a ladder of *Extract*, *Derive-Secret* and *Expand-Label*,
    all built from [HMAC](term:hmac).

term-main-secret = Main secret
term-main-secret-text =
    The secret that the keys for the data come from. RFC 8446 called it master secret; what TLS 1.2 calls
    so is made in another way.
