# Failures: what can be wrong with a certificate, as choices of a run and on the page of failures.

## Choices: the server’s certificate is …

scenario-cert-no-san = one without alternative names
scenario-cert-no-san-about = The certificate names the server only as its *common name*, which is for people to read. Programs look among the alternative names, and here there are none.
scenario-cert-wildcard = one whose wildcard does not reach
scenario-cert-wildcard-about = A wildcard such as `*.shop.example` stands for exactly one label. The name that was asked for has two in its place.
scenario-cert-name-constraint = one for a forbidden name
scenario-cert-name-constraint-about = An authority on the way may vouch for the names of one company only, and this name is not among them.
scenario-cert-self-signed = a self-signed one
scenario-cert-self-signed-about = The server signed its own certificate. Everybody can do that, so it proves nothing about the name.
scenario-cert-missing-intermediate = one without its intermediate
scenario-cert-missing-intermediate-about = The server forgot to send the certificate of the authority that signed its own. Without it no way leads to the trusted root.
scenario-cert-wrong-order = a good one, in the wrong order
scenario-cert-wrong-order-about = The certificates that come along stand in the wrong order, and the root, which need not come, is among them. The client sorts them itself: who signed whom says the order.
scenario-cert-same-name = one with a namesake of its issuer
scenario-cert-same-name-about = Two authorities with one name and different keys come along. The client tries both keys on the signature: one of them fits.
scenario-cert-impostor = one from an impostor
scenario-cert-impostor-about = Somebody made a root that has the name of the trusted one. A name can be copied, the key cannot: the signature gives the impostor away.
scenario-cert-leaf-as-ca = one signed by another server
scenario-cert-leaf-as-ca-about = Another server signed this certificate with the key of its own good one. Only certification authorities may sign certificates.
scenario-cert-path-too-long = one below too many authorities
scenario-cert-path-too-long-about = The issuing authority may sign for servers and not make further authorities. It made one all the same.
scenario-cert-wrong-key-usage = one for signing documents
scenario-cert-wrong-key-usage-about = The certificate lets its key sign documents, and neither sign a handshake nor decrypt for one.
scenario-cert-wrong-purpose = one that is for clients
scenario-cert-wrong-purpose-about = The certificate is meant for clients that show who they are, and a server shows it.
scenario-cert-unknown-critical = one with an unknown demand
scenario-cert-unknown-critical-about = The certificate has an extension that is marked *critical* and that nobody here knows. Critical means: who does not understand it has to refuse.
scenario-cert-weak-hash = one signed with SHA-1
scenario-cert-weak-hash-about = The signature is over a SHA-1 hash. Two documents with the same SHA-1 have been made, so it might have been meant for another one.
scenario-cert-weak-key = one with a 1024-bit RSA key
scenario-cert-weak-key-about = The RSA key has 1024 bits. That is too few to rely on; today at least 2048 are asked for.
scenario-cert-broken-signature = one with one changed bit
scenario-cert-broken-signature-about = A single bit of the signature, the last one, was turned over. It does not fit any more.
scenario-cert-revoked = a revoked one
scenario-cert-revoked-about = The authority took the certificate back, because its key was stolen, and says so in a list. The client has that list.
scenario-cert-must-staple = one without its promised status
scenario-cert-must-staple-about = The certificate promises that a fresh word of the authority on its state comes along. The client asked for it, and none came.

scenario-client-wrong-purpose = one that is for servers
scenario-client-wrong-purpose-about = The server asks for the client’s certificate and gets one that is meant for servers.
scenario-client-revoked = a revoked one
scenario-client-revoked-about = The authority took the client’s certificate back, because its key was stolen, and says so in a list. The server has that list.

## The page

page-failures-heading = What can be wrong with a certificate
page-failures-intro =
    Each card below is a [certificate](term:certificate) with one thing the matter with it, issued for today by this page.
    A real [handshake](term:handshake) is run with each in TLS 1.2, and another in TLS 1.3, here and now: what you read is what came of them.
page-failures-show = Show
page-failures-all = All
page-failures-client = the client’s certificate
page-failures-running = Being tried …
page-failures-progress =
    { $all ->
        [one] { $done } of one tried
       *[other] { $done } of { $all } tried
    }
page-failures-both = { $older } and { $newer }
page-failures-accepted = { $version }: accepted
page-failures-refused = { $version }: refused, alert `{ $alert }`, number { $number }
page-failures-called = What others call it
page-failures-play = See it in the handshake
page-failures-play-label = See it in the handshake: { $case }
page-failures-play13 = The same in TLS 1.3
page-failures-play13-label = The same in TLS 1.3: { $case }
page-failures-missing-alert = TLS 1.3 has an alert of its own for that.
page-failures-note =
    Which alert belongs to which failure is the same in TLS 1.2 and TLS 1.3, one excepted. Where a program has
    no name of its own for a failure, or does not look for it, none is shown.

failures-group-names = Names
failures-group-dates = Dates
failures-group-trust = Trust
failures-group-usage = Usage
failures-group-crypto = Cryptography
failures-group-revocation = Revocation

## The bit that was turned over

failures-flipped = One bit was turned over after the authority signed: the marked byte is `{ $found }` and was `{ $signed }`. In bits that is `{ $now }` in place of `{ $old }`.

## The cards

failures-wrong-name = Another name
failures-expired = Expired
failures-not-yet-valid = Not yet valid
failures-unknown-issuer = Untrusted root
failures-client-wrong-purpose = For servers only
failures-client-missing = None at all
failures-no-san = Common name only
failures-wildcard = Wildcard, one level too deep
failures-name-constraint = Name not permitted
failures-self-signed = Self-signed
failures-missing-intermediate = Missing intermediate
failures-wrong-order = Wrong order
failures-same-name = Two authorities of one name
failures-impostor = Impostor
failures-leaf-as-ca = Signed by a mere server
failures-path-too-long = Too many authorities
failures-wrong-key-usage = Wrong key usage
failures-wrong-purpose = For clients only
failures-unknown-critical = Unknown critical extension
failures-weak-hash = Weak hash: SHA-1
failures-weak-key = Weak key: RSA 1024
failures-broken-signature = Broken signature
failures-revoked = Revoked
failures-must-staple = Missing staple

## Where OpenSSL says something else

failures-differs-no-san = OpenSSL, left to itself, still takes the common name where there are no alternative names: it accepts this one.
failures-differs-same-name = `openssl verify` goes by the name, takes the first authority that has it, and refuses: the signature does not fit that one’s key.
failures-differs-must-staple = OpenSSL leaves that promise to the application, and Chrome does not look at it: both accept this one.
failures-differs-level = `openssl verify` by itself accepts this one. In TLS, Debian’s OpenSSL asks for more (security level 2) and refuses it.
