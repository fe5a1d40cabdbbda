# The page that measures two kinds of keys.

page-speed-heading = Why two kinds of keys?
page-speed-intro =
    TLS uses two kinds of cryptography. [Asymmetric cryptography](term:asymmetric-cryptography) works with a pair of keys, a
    public and a private one: with it, two sides that share no secret yet come to share one, and a side shows that it
    holds a private key. [Symmetric encryption](term:symmetric-encryption) works with one key that both sides have:
    it protects all the data that follows.
page-speed-roles = Why not use the first kind for everything? Because it is slow. This page measures both here and now, in your browser.
page-speed-again = Measure again
page-speed-running = Measuring, round { $round } of { $rounds } …
page-speed-failed = The measurement could not be made in this browser.
page-speed-ratio =
    { $times ->
        [one] One RSA operation with the private key takes about as long as encrypting **one** full record with AES.
       *[other] One RSA operation with the private key takes as long as encrypting about **{ $times }** full records with AES.
    }
page-speed-ratio-reverse = Here RSA was not slower than AES, which is unusual. The device may have been busy; measure again.
page-speed-rsa = One RSA operation with the private key, 2048 bits
page-speed-aes = One record of 16 KiB, encrypted with AES-128-GCM
page-speed-time = { $microseconds } µs
page-speed-per-byte = For each byte, RSA takes about **{ $ratio } times** as long as AES here.
page-speed-bytes =
    The RSA operation opens a [pre-master secret](term:pre-master-secret) of { $secret } bytes; the record carries
    { $record } bytes.
page-speed-why-heading = What TLS makes of it
page-speed-why =
    The handshake uses asymmetric cryptography a few times, for what symmetric cryptography cannot do between strangers.
    Both sides then derive symmetric keys from the secret they share, each direction with its own, and these protect
    every [record](term:record) that follows.
page-speed-how =
    How it is measured: each operation is done in { $rounds } rounds by this page’s own code, in WebAssembly, and the median
    counts. A browser’s own TLS uses instructions that the processor has for AES, so there both are faster and the
    gap is usually wider.
