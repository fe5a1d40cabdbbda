# The thief: what a key that is stolen later opens of a recorded connection.

thief-why-transport =
    In Client Key Exchange stands the pre-master secret, encrypted so that the stolen key opens it. The thief decrypts it,
    takes both randoms from the hellos, where anyone could read them, and makes the same keys as the two sides. Every
    such connection to this server that was ever recorded lies open.
thief-why-agreement =
    In Client Key Exchange stands a public key, and nothing that is encrypted. The stolen key has only ever signed. The keys came from
    two private keys that both sides made for this connection and forgot: there is nothing left to steal.
thief-why-tls13 =
    In the two hellos stand two public keys, and nothing that is encrypted. The stolen key has only signed. Not
    even the certificates can be read: they travelled encrypted too.
thief-why-ticket =
    The ticket stands readable in Client Hello. The stolen key opens it, and in it lies the key of the connection before: early data is encrypted with
    nothing else. For all that follows, two fresh keys were stirred in, and those are gone.
thief-why-psk-alone =
    The ticket stands readable in Client Hello. The stolen key opens it, and in it lies the key of the connection before. This time the two sides
    used that key alone (`psk_ke`): they made no fresh keys, and nothing else was stirred in. So all keys of this connection come from what lies in the
    ticket, and all of it lies open. There is no [forward secrecy](term:forward-secrecy).
thief-why-external =
    The key by itself is not enough here. The two sides used it together with fresh keys (`psk_dhe_ke`), and those are
    gone: what was recorded stays shut. Had they used the given key alone (`psk_ke`), it would have opened everything, as a ticket does that is used alone. And from now on the
    thief can do something else: whoever has this key can pass for either side in a new connection.
thief-why-old-ticket =
    The ticket stands readable in Client Hello. The stolen key opens it, and in it lies the master secret of the connection before, from
    which all keys of this one come. The connection before falls too, although it was made by ECDHE: it had forward secrecy only
    until the server wrote its secret into a ticket.
thief-why-quantum =
    The private key that was worked out and the server’s public key, which stands readable in Server Hello, give the shared secret, and from it
    come all keys. The private keys were forgotten long ago, but the public ones were recorded, and this thief needs no more. With ECDHE in TLS 1.2 it
    would be the same.
thief-why-hybrid =
    The thief comes as far as the curve’s part of the shared secret. The other part is that of [ML-KEM](term:ml-kem). Its public key and its
    ciphertext stand readable in the hellos too, but no way is known to get from them to the secret, not even with a quantum computer. That is
    believed after years of trying, and not proven. With one part alone there is no key for anything.

## The page

thief-heading = A thief who waits
thief-intro =
    Somebody records an encrypted connection and cannot read it. Years later they come by a key. Is what was
    recorded safe? The connections below were just made in this page. Choose one and press the button: the recorded
    bytes and the key go into a program that has nothing else, and it tries to decrypt them.
thief-about-key =
    The key is the server’s [private key](term:private-key), the one that belongs to its certificate. Somebody steals it.
thief-about-ticket =
    This time the certificate’s private key is safe; somebody steals another key. At the end of the handshake the server gives the client
    a [ticket](term:ticket): what the server wants to remember, encrypted with a key that only the server has. The key that
    encrypts the tickets is the **ticket key**. The client of this run comes back with a ticket from ten minutes ago, and sends [early data](term:early-data) with
    it.
thief-about-psk-alone =
    Somebody steals the **ticket key**, which encrypts what the server gives its clients to keep. The client of this run comes back with a [ticket](term:ticket) from ten minutes ago, and both go on by
    its key alone, without fresh keys. RFC 9846 allows that, and calls it `psk_ke`.
thief-about-external =
    In this run there are neither certificates nor tickets: both sides were given the same key beforehand, and it proves to each who the other is. Years later somebody steals that
    given key, from one of the two or on the way to them. In Client Hello stands only its name.
thief-about-old-ticket =
    The same theft, in TLS 1.2: the certificate’s private key is safe, and somebody steals the **ticket key**, which encrypts what the server
    wants to remember and gives the client to keep. The client of this run comes back with a [ticket](term:ticket) from ten minutes ago.
thief-about-quantum =
    Here nothing is stolen. The public keys of both sides travel readable in the hellos. From one of them, a large enough quantum computer could
    work out the private key on the curve X25519. Nobody is known to have such a computer, and this page has none: it hands the thief the client’s
    fresh private key, as if it had been worked out. What follows is really computed, from this key and the recorded bytes.
thief-about-hybrid =
    The same thief again: nothing is stolen, and the client’s fresh private key on X25519 is handed over as if a quantum computer had worked it out.
    But this key exchange is a hybrid: beside X25519 stands [ML-KEM](term:ml-kem), which is meant to withstand such computers.
thief-cases = Which connection was recorded
thief-case-ticket = TLS 1.3, early data, ticket key
thief-case-psk-alone = TLS 1.3, ticket without fresh keys, ticket key
thief-case-external = TLS 1.3, given key
thief-case-old-ticket = TLS 1.2, resumed, ticket key
thief-case-quantum = TLS 1.3, quantum computer
thief-case-hybrid = TLS 1.3 hybrid, quantum computer
thief-recording = The connection is being recorded…
thief-steal = Steal the server’s private key
thief-steal-ticket = Steal the key of the server’s tickets
thief-steal-given = Steal the given key
thief-break = Break X25519
thief-again = Start over
thief-opened =
    { $sealed ->
        [one] The thief opens { $opened } of 1 encrypted record.
       *[other] The thief opens { $opened } of { $sealed } encrypted records.
    }
thief-found = What the thief works out
thief-lacks = not to be had
thief-to-handshake = Go through this recorded handshake step by step
thief-wire = What was recorded
thief-sealed = encrypted
thief-open = opened
thief-shut = stays shut
thief-way = Here the thief tries the key.
thief-bytes = Bytes
thief-replay-heading = Sent a second time
thief-replay-intro =
    For this the thief needs no key at all. What the client sent before any answer, [early data](term:early-data) included, is sent again, byte for byte, to two other servers
    with the same ticket key. Neither of them has seen this message before.
thief-replay = Send it again
thief-careless = A server that remembers nothing
thief-careful = A server that remembers what it took
thief-replay-taken = Attempt { $attempt }: taken, and handed to the application: “{ $text }”
thief-replay-refused = Attempt { $attempt }: not taken.
thief-replay-about =
    The handshake itself cannot be finished by whoever sends it again: that takes the client’s fresh private key. But the careless server has acted on the
    message by then. So early data is only fit for what does no harm when it happens twice.
