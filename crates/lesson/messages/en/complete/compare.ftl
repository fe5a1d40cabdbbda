# Two handshakes side by side.

compare-heading = Side by side
compare-intro =
    The same two sides, the same message, the very same certificates: only the handshake differs. All their keys are RSA keys,
    because [RSA key transport](term:rsa-key-transport) needs one in the server’s certificate, and all the others can use it too. Both were just run in this page, and all that
    is said below was counted in these runs.
compare-left = On the left
compare-right = On the right
compare-running = The handshakes are running…
compare-facts = What each costs, shows and proves
compare-data = The client can send its first data after
compare-proved = The client knows that the server is the right one after
compare-unchanged = The client knows that nobody changed the handshake after
compare-handshake = On the wire before the first data
compare-bytes = On the wire in all
compare-certificate = The server’s certificate travels
compare-thief = Who records it all, and later steals the private key of the server’s certificate
compare-trips =
    { $count ->
        [one] 1 [round trip](term:round-trip)
       *[other] { $count } [round trips](term:round-trip)
    }
compare-never = never: the connection was refused
compare-bytes-value =
    { $count ->
        [one] 1 byte
       *[other] { $count } bytes
    }
compare-certificate-read = readable for everybody
compare-certificate-sealed = encrypted
compare-certificate-none = not at all
compare-thief-reads = reads **everything**
compare-thief-fails = reads nothing of the data
compare-thief-none = has nothing to steal here: there is no certificate, and no private key that belongs to one
compare-to-thief = Watch a thief try the stolen key on what was recorded
compare-steps = Step by step
compare-steps-about = Steps that both have stand in one row. Back and forward go through both.
compare-place = Row { $row } of { $rows }
compare-heard = An eavesdropper learns: { $what }
compare-open = Look into this step
compare-open-label = Look into this step: { $title }
