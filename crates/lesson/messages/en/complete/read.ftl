# The page that reads any certificate, and what it says of what it is given.

read-heading = Read any certificate
read-intro =
    Paste a [certificate](term:certificate) here, or open files with some: what a server sent, what an authority
    mailed, what stands in a settings folder. Padlock says what each of them is, down to its last byte, and whether
    a client would believe it.
read-stays = **Nothing leaves this page.** What you open is read here, in your browser. The page sends it nowhere,
    and forgets it when you close or reload it.
read-input = Certificates as text
read-input-hint = As text with lines like -----BEGIN CERTIFICATE-----, or only base64, or hexadecimal digits.
read-files = Choose files …
read-drop = You can also drop files anywhere on this page.
read-dropping = Let go to open them here.
read-examples = Try an example:
read-example-chain = the shop’s certificates
read-example-flipped = the same with one bit flipped
read-example-cut-off = the same with the end cut off
read-clear = Clear all
read-file-too-large = { $name } has { $size } bytes. Files of more than { $most } bytes are not opened here.
read-file-unreadable = The browser could not read { $name }.
read-files-too-many = Only the first { $most } files are opened at once.

read-pasted = the text
read-place-line = line { $line }, byte { $at }
read-place-byte = byte { $at }
read-place-file = { $place } of { $name }
read-place-within = within item { $number }
read-problems-input = What is in the way
read-problems-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }

read-fault-empty = There is nothing in it.
read-fault-nothing =
    There is nothing here that Padlock knows. Certificates begin with `-----BEGIN CERTIFICATE-----`, in base64
    with `MI`, and as bytes with `30`.
read-fault-empty-block = The block { $label } is empty.
read-fault-label = The label says { $label }, but this is something else: { $kind }.
read-fault-not-base64 = “{ $character }” is no digit of base64. Was the text edited? What comes before it is read.
read-fault-incomplete = The base64 ends too early. Was the text cut off?
read-fault-block-incomplete = The base64 of the block { $label } ends too early. Was the text cut off?
read-fault-not-hex = Here is no pair of hexadecimal digits. What comes before is read.
read-fault-leftover =
    { $count ->
        [one] One byte is
       *[other] { $count } bytes are
    } left over that no certificate, and nothing else known here, begins with.
read-fault-too-many = There are more items than are looked at.
read-fault-unterminated = The block { $label } has no END line. Was the end cut off?
read-fault-wrong-end = The block { $label } should end in a line of its own; instead, there is { $found }.
read-fault-no-begin = There is an END line of { $label } without its BEGIN line. Was the beginning cut off?

read-problem-ends =
    The bytes end too early; { $left ->
        [0] none is
        [one] one is
       *[other] { $left } are
    } left.
read-problem-truncated =
    { $needed ->
        [one] One byte is
       *[other] { $needed } bytes are
    } needed here, and there { $left ->
        [0] is none
        [one] is one
       *[other] are { $left }
    }.
read-problem-overrun =
    A value says that it has { $length ->
        [one] one byte
       *[other] { $length } bytes
    }, where only { $left } have room.
read-problem-trailing =
    { $count ->
        [one] One byte too many follows
       *[other] { $count } bytes too many follow
    } where all is said.
read-problem-header = A tag or a length is larger than in any certificate.
read-problem-indefinite = The length is left open. BER allows that, [DER](term:der) does not.
read-problem-length = The length is written with more bytes than it needs. [DER](term:der) wants the shortest form.
read-problem-tag = `{ $field }` should be of another type than 0x{ $found }.
read-problem-missing = `{ $field }` is missing.
read-problem-unexpected = Here is a value (0x{ $found }) where none should follow.
read-problem-form = `{ $field }` should hold other values and does not, or the reverse.
read-problem-invalid = This is no value of the type { $type-name }.
read-problem-not-der = A value of the type { $type-name } is not written as [DER](term:der) writes it.
read-problem-characters = There are characters that the type { $type-name } does not have.
read-problem-version = Of this version there should be no { $field }.
read-problem-default = `{ $field }` has its usual value, which [DER](term:der) leaves out.
read-problem-serial = The serial number should be a number above 0.
read-problem-serial-long = The serial number takes more than the 20 bytes that it may have.
read-problem-time = A time before the year 2050 should be a UTCTime, and this is a GeneralizedTime.
read-problem-structure = What is inside here has not the form that it should have.
read-problem-deep = The values are nested too deeply to be followed any further.
read-problem-many = There are too many values to be followed any further.

read-found =
    { $count ->
        [one] What was found: one item
       *[other] What was found: { $count } items
    }
read-more =
    { $count ->
        [one] Show one more
       *[other] Show { $count } more
    }
read-item = { $kind }: { $name }
read-kind-certificate = Certificate
read-kind-request = Certificate request
read-kind-list = Revocation list
read-kind-bundle = Bundle (PKCS #7)
read-kind-response = Answer about revocation (OCSP)
read-kind-public-key = Public key
read-kind-other = Some other structure
read-kind-private-key = Private key
read-broken = damaged, or with an unknown name

read-key-plain =
    Padlock has recognised it ({ $form }) and kept none of it. A [private key](term:private-key) is **not for showing**:
    whoever has it can pretend to be its owner. No certificate holds it, and nobody needs to see it to read or check
    a certificate.
read-key-encrypted =
    Padlock has recognised it ({ $form }) and kept none of it. It is encrypted, but only as well as its password is.
    A [private key](term:private-key) is **not for showing**, and nobody needs to see it to read or check a certificate.
read-key-file =
    This is a PKCS #12 file, such as `.p12` or `.pfx`. Such files mostly hold a [private key](term:private-key) with the
    certificates, so Padlock keeps none of it. To read only the certificates, take them out first:
    `openssl pkcs12 -in FILE -nokeys`.
read-key-advice =
    Nothing was sent from here. But if it is a real key and you have ever pasted it into some other page, a chat or a
    mail, count it as known to others: make a new key, ask for a new certificate, and have the old certificate revoked.

read-ago =
    { $count ->
        [0] just now
       *[other] { $count } { $unit ->
            [years] years
            [months] months
            [days] days
            [hours] hours
           *[minutes] { $count ->
                [one] minute
               *[other] minutes
            }
        } ago
    }
read-ahead =
    { $count ->
        [0] just now
       *[other] in { $count } { $unit ->
            [years] years
            [months] months
            [days] days
            [hours] hours
           *[minutes] { $count ->
                [one] minute
               *[other] minutes
            }
        }
    }

read-facts = What else is known of it
read-fact-issued = Issued
read-fact-expires = Expires
read-fact-expired = Expired
read-fact-signature = The signature
read-fact-sha256 = Fingerprint (SHA-256)
read-fact-sha1 = Fingerprint (SHA-1)
read-fact-pin = Pin of the public key (SHA-256, base64)
read-fact-serial = Serial number
read-fact-subject = Subject, in full
read-fact-issuer = Issuer, in full
read-fact-names =
    Its { $count } alternative names are too many for the card: it shows the first { $shown }. All of them stand among
    the fields below.
read-signed-by = was made with the key of item { $number } ({ $name })
read-signed-self = was made with its own key: it vouches for itself, which creates no trust
read-signed-demo = was made with the key of the demonstration’s root
read-signed-by-none = does **not** fit: somebody of the issuer’s name is at hand, but that key did not sign these bytes
read-signed-by-none-own =
    does **not** fit: the certificate names itself as its issuer, but its own key did not sign these bytes. Nobody
    else of that name is at hand.
read-signed-unverifiable = is of a kind that cannot be verified here
read-signed-missing = cannot be checked: its issuer’s certificate is not at hand. Add it to find out.
read-no-card = There is no card of it: its bytes are not sound. What can be read of them stands below.
read-request-private =
    A request holds the public key and the names that somebody asks an authority to sign. Its own signature shows
    that whoever asks has the private key.
read-request-label = What the request says
read-list-label = What the list says
read-list-issuer = Whose list
read-list-this = Holds from
read-list-next = Next one by
read-list-number = Number
read-list-count = Revoked certificates
read-list-entries = Revoked
read-list-entry = { $serial } since { $date }, { $reason }
read-list-no-reason = without a reason
read-copy = Copy
read-bundle-text =
    A bundle is a bag of certificates. They stand in the list above, as items of their own. The bundle itself does not
    make them more believable.
read-response-text =
    A server or an authority answers here whether certificates are revoked. Its fields stand below; when you judge
    a certificate above that it speaks of, it is asked.

read-verdict = Would it be believed?
read-verdict-intro =
    A client that gets this certificate, with the other certificates above to go with it, checks all of this. Try
    another name or another day.
read-name = Name that was to be reached
read-name-none = Leave it empty if no name is expected: most certificates of clients are not judged by a name.
read-date = Date and time (UTC)
read-date-bad = This is not a date that can be used. The verdict is for { $date }.
read-now = Now
read-purpose = Used by
read-purpose-server = a server
read-purpose-client = a client
read-trust = The client trusts
read-trust-demo = the demonstration’s roots
read-trust-given = self-signed certificates among these
read-trust-note =
    Trust is not in a certificate: each client brings its own list of roots. To trust one of these is a
    decision that you make here, to see what follows from it.
read-trust-root =
    The path ends in “{ $name }”, a root that stands among these. The client does not trust it, and that it vouches for
    itself is no reason to.
read-trust-root-go = Trust this root and see
read-policy = Rules
read-policy-rfc = what the standard has clients check (RFC 5280)
read-policy-web = also what public authorities must keep to
read-evidence = Ask the revocation lists and answers among these
read-accepted = Believed
read-accepted-text = Every check passes, so a client would go on with the handshake.
read-accepted-unasked =
    Every check passes, so a client would go on with the handshake. Whether a certificate was revoked was not asked:
    no list and no answer about that is used here.
read-refused = Refused
read-refused-text = { $check }: { $reason }
read-alert = TLS alert
read-alert-text = `{ $name }` ({ $number }). { $meaning }
read-alert-none = no alert: nobody would be there to get it
read-called = What others call it
read-called-none = no name of its own, or one that differs from case to case
read-chain-cut = Only the first { $most } other certificates are used for the verdict.

read-compare = Compare with another
read-compare-with = Compare with
read-compare-none = nothing
read-compare-caption = What the two certificates say
read-compare-what = What
read-compare-this = This certificate
read-compare-other = The other: { $name }
read-compare-differs = differs
read-compare-same = the same
read-compare-missing = not there
read-compare-critical = critical:
read-compare-algorithm = Signature algorithm
read-compare-count =
    { $count ->
        [0] They do not differ in anything listed here.
        [one] They differ in one thing.
       *[other] They differ in { $count } things.
    }

read-bytes = Every field and every byte
read-bytes-problems =
    { $count ->
        [one] One thing is not as the standards want it:
       *[other] { $count } things are not as the standards want them:
    }
read-authority =
    This certificate is an [authority](term:certification-authority)’s. It vouches for others; a server or a client seldom shows it as
    its own. Here it is judged as if one did.
read-changed = **One place was changed** since this certificate was opened or made here: `{ $found }` stands where `{ $before }` stood.
read-changed-go = Show it: byte { $at }
read-bytes-sound = All of it is well-formed DER.
read-bytes-at = Show the bytes: byte { $at }

read-copy-hex = Copy field as hex
read-copy-base64 = as base64
read-copy-text = as text
read-window-bytes = Bytes { $first }–{ $last } of { $count } are drawn.
read-window-fields = Fields { $first }–{ $last } of { $count } are drawn.
read-window-back = Earlier
read-window-on = Later
