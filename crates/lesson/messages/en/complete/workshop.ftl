# The workshop: certificates of the learner’s own.

scenario-cert-own = one that you made
scenario-cert-own-about = The server shows a certificate from your own workshop. The client trusts the roots that you chose there.
scenario-client-own = one that you made
scenario-client-own-about = The server asks for the client’s certificate and gets one from your own workshop.

workshop-heading = Make your own certificates
workshop-intro =
    Here you are the [certification authority](term:certification-authority). Make a [root](term:root-certificate), let
    it vouch for an issuing authority, and let that vouch for a server. Then use them in a real handshake, change one
    thing, and see who notices.
workshop-stays = **Everything is made here, in your browser, and forgotten when you close or reload the page.** The keys are real,
    but they are for learning: never protect anything with them.
workshop-example = Start with an example
workshop-example-about = A root, an issuing authority, a shop’s server and a client, all good: made with one click, for you to change.
workshop-over = Start over
workshop-aside =
    { $count ->
        [one] One certificate is put aside.
       *[other] { $count } certificates are put aside.
    }
workshop-back = Bring back what you made

workshop-kind-root = Root authority
workshop-kind-intermediate = Issuing authority
workshop-kind-server = Server
workshop-kind-client = Client

workshop-made = Your certificates
workshop-made-self = { $key }, signed by itself
workshop-made-by = { $key }, signed by { $issuer }
workshop-made-broken = Broken: { $list }
workshop-change = Change it and issue it again
workshop-mend = Mend it and issue it again
workshop-changed = “{ $name }” is issued. Further below stand its card, its verdict and every byte.
workshop-look = Look at it
workshop-believed = A handshake with the choices below would believe it.
workshop-refused = A handshake with the choices below would refuse it: { $reason }

workshop-form-new = Make a certificate
workshop-form-again = Change “{ $name }” and issue it again
workshop-form-again-about =
    It keeps its place, and its key unless you choose another kind of key. What it has signed before stays as it is.
workshop-kind = What it is for
workshop-key = Kind of key
workshop-rsa-note =
    An RSA key is made of two large primes. To find them, many numbers have to be tried, which takes from a second to
    half a minute. It is done beside the page, and you can cancel it.
workshop-issuer = Signed by
workshop-issuer-self = itself
workshop-common-name = Common name
workshop-organization = Organisation
workshop-names = DNS names and IP addresses
workshop-names-hint = These decide for which names it is good; the common name does not. Put spaces in between. A wildcard such as `*.shop.example` stands for one label.
workshop-first = Valid from (UTC)
workshop-last = Valid until (UTC)
workshop-backwards =
    “Valid until” lies before “Valid from”, so this certificate is valid at no time at all. It can be issued all the same,
    to see who notices.
workshop-more = Usages and constraints
workshop-authority = It is an authority (cA): it may sign certificates
workshop-path-length = How many authorities may follow below it; empty: any number
workshop-permitted = It may sign only for names below
workshop-excluded = It must not sign for names below
workshop-constraints-hint = For example “company.example”; empty: no such constraint.
workshop-usage = The key may be used to …
workshop-usage-signature = sign handshakes (digitalSignature)
workshop-usage-encipherment = receive encrypted keys: RSA key transport (keyEncipherment)
workshop-usage-certificates = sign certificates (keyCertSign)
workshop-usage-lists = sign lists of revoked certificates (cRLSign)
workshop-usage-documents = sign documents (nonRepudiation)
workshop-purposes = It is meant for …
workshop-purpose-server = TLS servers (serverAuth)
workshop-purpose-client = TLS clients (clientAuth)
workshop-purpose-code = signing programs (codeSigning)
workshop-purpose-mail = protecting mail (emailProtection)

workshop-break = Break it on purpose
workshop-break-about =
    Each tick changes the form above, or how the certificate is made. Take the tick away, and it is as before. Then issue it, and see what
    becomes of it.
workshop-break-root =
    A root that a client trusts is believed for that alone: here nobody checks its dates, its usages or its own signature
    (RFC 5280 §6.1.1). To see a refusal, limit its names, break a certificate below it, or take away the trust under
    “Trusted roots”, which appear with the first certificate.
workshop-break-expired = expired
workshop-break-not-yet-valid = not yet valid
workshop-break-backwards = ends before it begins
workshop-break-no-names = a common name, and no DNS name
workshop-break-wrong-name = for another name
workshop-break-purpose = for the wrong side
workshop-break-key-usage = for the wrong use
workshop-break-no-authority = not marked as an authority
workshop-break-constraint = only for company.example
workshop-break-weak-hash = signed over SHA-1
workshop-break-signature = one bit of the signature flipped
workshop-break-unknown = with a critical extension that nobody knows

workshop-make = Issue it
workshop-make-again = Issue it again
workshop-leave = Leave it as it is
workshop-done = Make another
workshop-making = Looking for two primes
workshop-progress =
    { $found ->
        [0] No prime
       *[1] One of two primes
    } found so far. { $drawn } { $drawn ->
        [one] number
       *[other] numbers
    } drawn, { $tested } of them tested closely.
workshop-cancel = Cancel

workshop-fault-date = One of the dates is not a date between 1970 and 9999.
workshop-fault-name = “{ $name }” has letters that a certificate cannot hold there. Write international names in their ASCII form (xn--…).
workshop-fault-path-length = How many authorities may follow is a number from 0 to 255, or nothing.
workshop-fault-issuer = The authority that is to sign it is not there. Choose another under “Signed by”.
workshop-fault-weak-hash = Here only RSA keys sign over SHA-1. Choose an authority with an RSA key under “Signed by”, or switch that off.
workshop-fault-many = There are { $most } certificates already. Start over to make more.
workshop-fault-other = This cannot be issued: { $why }.
workshop-fault-key =
    No RSA key could be made: this browser, or the frame that the page is in, lets it start no worker. Choose another kind
    of key; P-256 is made at once.

workshop-use = In a handshake
workshop-use-about =
    The server shows its certificate and those that lead to the root; the client trusts the roots that are ticked. What
    the story then says is what really happens, down to the alert.
workshop-use-none = Make a server’s or a client’s certificate first.
workshop-server = The server shows
workshop-server-demo = the shop’s own of the demonstration
workshop-client = The client shows
workshop-client-none = none; it is not asked
workshop-name = The client asks for
workshop-name-odd = What you wrote is neither a DNS name nor an IP address. The client asks for { $name } instead.
workshop-trusted = Trusted roots
workshop-trusted-none = No certificate here signed itself, so the client trusts the demonstration’s root.
workshop-go = Use it in the handshake
workshop-link =
    A link cannot carry your certificates and keys, and should not. Whoever opens the address of that handshake
    elsewhere sees the demonstration’s certificates in their place.
workshop-linked =
    This handshake uses certificates of your workshop. They are not in the address: elsewhere,
    and after a reload, the demonstration’s take their place.
workshop-linked-go = Go to the workshop
workshop-link-lost =
    The address speaks of certificates that somebody made in the workshop. An address does not carry them, so here are the
    demonstration’s in their place. You can make your own.

workshop-unfit =
    This handshake **cannot succeed**. The key in your server’s certificate is no RSA key ({ $key }). With RSA key
    transport the client encrypts its secret to that key, and only an RSA key serves for that. So the server finds no cipher suite that suits its key, and
    refuses. Let both sides agree on fresh keys instead (ECDHE), or make a certificate with an RSA key in the workshop.
workshop-unfit-go = Play it with ECDHE

workshop-export = Take it along
workshop-export-about =
    The same files and the same handshake with OpenSSL, the tool that many servers are built with. Save the files in one
    folder, open two terminals there, and type the first command in one and the second in the other.
workshop-export-secret = **A private key is for its owner alone.** Whoever has it can pose as that server or client. These keys are for learning:
    anybody who saw this page may have them.
workshop-export-show = Show the private keys
workshop-export-hide = Hide the private keys
workshop-copy-file = Copy { $name }
workshop-save-file = Save { $name }
workshop-command-server = The server
workshop-command-client = The client
workshop-command-copy = Copy the command
workshop-command-note =
    These are for a shell such as bash or zsh, where a backslash at the end of a line says that the command goes on in the
    next one. The client prints “Verify return code: 0 (ok)” if it believes the server, and otherwise ends with the reason. Ctrl-C ends
    the server.
