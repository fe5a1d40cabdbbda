# The checks that a side makes, and what each of them found.

check-of = { $check } · { $name }
check-readable = Readable
check-path = Chain
check-signature = Signature
check-validity = Dates
check-authority = Authority
check-path-length = Path length
check-key-cert-sign = May sign certificates
check-key-usage = Key usage
check-purpose = Purpose
check-name = Name
check-critical-extensions = Critical extensions
check-certificate-verify = Client’s proof
check-finished = Check value

reason-readable = It is a certificate of { $subject }.
reason-reaches-anchor =
    { $certificates ->
        [one] One certificate leads
       *[other] { $certificates } certificates lead
    } to { $anchor }, which was trusted beforehand.
reason-issuer-unknown = Signed by { $issuer }, and nobody known here has that name.
reason-signature-verifies = Made by { $issuer } over exactly these bytes ({ $algorithm }).
reason-valid = Valid from { $first } to { $last }; today is { $today }.
reason-not-yet-valid = Not valid before { $first }; today is { $today }.
reason-expired = Expired on { $last }; today is { $today }.
reason-is-authority = Its holder is a certification authority.
reason-path-length-kept =
    { $limit ->
        [0] No further authority may follow
        [one] One further authority may follow
       *[other] { $limit } further authorities may follow
    }, and { $found ->
        [0] none follows
        [one] one follows
       *[other] { $found } follow
    }.
reason-key-usage-allows = Its key may be used for `{ $usage }`.
reason-purpose-server = It is meant for a server.
reason-purpose-client = It is meant for a client.
reason-name-matches =
    { $presented ->
        [same] { $name } is among its alternative names.
       *[other] { $name } fits its alternative name { $presented }.
    }
reason-name-differs = { $name } is not among its alternative names: { $presented }.
reason-extensions-understood =
    { $critical ->
        [0] None of its extensions is critical.
        [one] Its one critical extension is understood.
        [2] Both of its critical extensions are understood.
       *[other] All { $critical } critical extensions are understood.
    }
reason-not-reached = Not checked, because something before it failed.

reason-certificate-verify = The signature over all that was said so far verifies with the key in the client’s certificate ({ $scheme }).
reason-finished = The 12 bytes that came are the 12 bytes that the { $who } worked out for itself.
