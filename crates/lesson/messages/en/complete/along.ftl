# Files of a run, to take along.

along-intro =
    These files hold the keys of this run, so whoever has them can read it. That does no harm here: this connection never left the
    page, and its keys fit no other.
along-intro-open = This run ended before anything was encrypted, so there are no keys to save.
along-save = Save { $name }
along-keys = The secrets of this run, a line each, in the form that browsers write them for debugging too (SSLKEYLOGFILE, RFC 9850).
along-packets =
    All that was on the wire, as a capture file with the secrets of the run inside, if it had any: it opens in Wireshark, already
    decrypted. The records are those of this run; the packets around them are made up.
along-trace =
    Everything that happened, as JSON: messages with all their fields, records, checks, and each secret with
    the formula that made it.
