# TLS 1.2 where a session is resumed, by its ID or by a ticket.
# Placeholders: $client and $server are nouns such as “browser” and “shop”.

scenario-kx-session-id-about = They spoke ten minutes ago, and the server remembers: the session ID leads it to the secret of then.
scenario-kx-session-ticket-about = They spoke ten minutes ago. The client kept a ticket, in which the server finds the secret of then.

story-resumed-hello-line-id =
    Hello { $name }, we have spoken before. This is the ID of our session then. If you still know it, let us go on from there.
story-resumed-hello-line-ticket =
    Hello { $name }, we have spoken before. Here is the ticket that you gave me then. If you can open it, let us go on from there.
story-resumed-hello-p2 =
    It also carries the [client random](term:random), 32 bytes drawn for this connection alone: with them the keys will be others than
    last time, although the secret is the same.
story-resumed-hello-id = The [session ID](term:session-id) is the one that the { $server } gave to their last connection. It is only a name for it:
    who reads it on the wire has no secret in hand.
story-resumed-hello-ticket =
    The [ticket](term:ticket) stands in an [extension](term:extension), *session_ticket*. The client cannot read it: it is encrypted for the server
    alone. The [session ID](term:session-id) beside it is just made up. If the server sends it back, the ticket was taken.

story-resumed-server-title = The { $server } knows its client again
story-resumed-server-line = Hello again. I remember. We need no certificate this time: let us take the secret that we have.
story-resumed-server-p1 = **Server Hello** is the answer of the [server](term:server). It sends the client’s session ID back, and that says: “I know that session,
    let us go on”. The [cipher suite](term:cipher-suite) has to be that of the session. The [server random](term:random) is a new one.
story-resumed-server-id = The { $server } looked the [session ID](term:session-id) up in its memory, and found the [master secret](term:master-secret) that the two
    worked out last time. So it has to remember something of each of its clients.
story-resumed-server-ticket = The { $server } opened the [ticket](term:ticket) with a key that only it has, and found in it the [master secret](term:master-secret) that
    the two worked out last time. So it need not remember anything itself.
story-resumed-server-left-out =
    What is missing: certificate, key exchange, signature. The slow part was done last time, and the { $client } checked the certificate then.
    That also saves a round trip.
story-resumed-server-remembered =
    The { $server } also kept the certificate that the { $client } showed then. It looks at it once more, for it may have expired meanwhile.

story-resumed-keys-line = From our secret of last time and our two new randoms I work out the keys. You do the same, and nothing needs to be sent.
story-resumed-keys-p1 =
    Both take the [master secret](term:master-secret) of their last connection. The [PRF](term:prf) mixes it with the two new
    randoms: the keys are others than last time.
story-resumed-keys-note =
    Nothing fresh went into that but the randoms, which anyone may read. Whoever comes to know the master secret can read both connections,
    and all that are resumed from them. In TLS 1.3, browsers stir in a fresh Diffie-Hellman secret here.

story-resumed-server-finished-note =
    With this value the { $client } knows that it talks to the { $server } of last time: nobody else has the master secret.
story-resumed-server-finished-truth = In a full handshake of TLS 1.2 the client’s Finished comes first.

story-resumed-client-finished-p1 =
    The { $client } made the same 12 bytes for itself, compared them, and now does the same in the other direction: **Change Cipher Spec**,
    then its own [Finished](term:finished), which covers the server’s Finished as well.
story-resumed-client-finished-note = The client may send its message right behind this: after one round trip, where the full handshake takes two.

story-overheard-session = that they spoke before, and the session’s ID

value-session-state-for = The master secret, the cipher suite, when the session began, and who the client is, if it showed a certificate.
