# The thief: what a key that is stolen later opens of a recorded connection.

thief-why-transport =
    In Client Key Exchange stands the pre-master secret, encrypted with exactly the key that was stolen. The thief decrypts it,
    takes both randoms from the hellos, where anyone could read them, and makes the same keys as the two sides. All
    that was ever recorded of this server lies open.
thief-why-agreement =
    In Client Key Exchange stands a public key, and nothing that is encrypted. The stolen key has only ever signed. The keys came from
    two private keys that both sides made for this connection and forgot: there is nothing left to steal.
thief-why-tls13 =
    In the two hellos stand two public keys, and nothing that is encrypted. The stolen key has only signed. Not
    even the certificates can be read: they travelled encrypted too.
thief-why-ticket =
    The ticket stands readable in Client Hello. The stolen key opens it, and in it lies the key of the connection before: early data is encrypted with
    nothing else. For all that follows, two fresh keys were stirred in, and those are gone.

## The page

thief-heading = A thief who waits
thief-intro =
    Somebody records an encrypted connection and cannot read it. Years later the server’s [private key](term:private-key) is stolen. Is what was
    recorded safe? The connections below were just made in this page. Press the button: the recorded
    bytes and the stolen key go into a program that has nothing else, and it tries to decrypt them.
thief-cases = Which connection was recorded
thief-case-ticket = TLS 1.3, early data, ticket key
thief-recording = The connection is being recorded…
thief-steal = Steal the server’s private key
thief-steal-ticket = Steal the key of the server’s tickets
thief-opened =
    { $sealed ->
        [one] The thief opens { $opened } of 1 encrypted record.
       *[other] The thief opens { $opened } of { $sealed } encrypted records.
    }
thief-wire = What was recorded
thief-sealed = encrypted
thief-open = opened
thief-shut = stays shut
thief-way = Here the thief tries the key.
thief-bytes = Bytes
thief-replay-heading = Sent a second time
thief-replay-intro =
    For this the thief needs no key at all. What the client sent before any answer, [early data](term:early-data) included, is sent again, byte for byte, to two servers
    with the same ticket key.
thief-replay = Send it again
thief-careless = A server that remembers nothing
thief-careful = A server that remembers what it took
thief-replay-taken = Attempt { $attempt }: taken, and handed to the application: “{ $text }”
thief-replay-refused = Attempt { $attempt }: not taken.
thief-replay-about =
    The handshake itself cannot be finished by whoever sends it again: that takes the client’s fresh private key. But the careless server has acted on the
    message by then. So early data is only fit for what does no harm when it happens twice.
