# The checks that a side makes, and what each of them found.

check-of = { $check } · { $name }
check-readable = Readable
check-path = Chain
check-key-strength = Key strength
check-signature = Signature
check-validity = Dates
check-authority = Authority
check-path-length = Path length
check-key-cert-sign = May sign certificates
check-key-usage = Key usage
check-purpose = Purpose
check-name = Name
check-name-constraints = Permitted names
check-critical-extensions = Critical extensions
check-profile = Policy
check-revocation = Revocation
check-key-exchange-signature = Fresh key signed
check-certificate-verify = Client’s proof
check-finished = Check value

check-nothing = nothing

reason-readable = It is a certificate of { $subject }.
reason-malformed = These bytes are not a sound certificate.
reason-duplicate-extension = The extension { $oid } stands there twice.
reason-empty-chain = There is no certificate at all.
reason-reaches-anchor =
    { $certificates ->
        [one] One certificate leads
       *[other] { $certificates } certificates lead
    } to { $anchor }, which was trusted beforehand.
reason-issuer-unknown = Signed by { $issuer }, and nobody known here has that name.
reason-issuer-other-key = Signed by { $issuer }, whose name is known here, but with another key.
reason-self-signed = { $subject } signed for itself. That creates no trust.
reason-too-many-certificates = There are more certificates on the way than are followed.
reason-signature-verifies = Made by { $issuer } over exactly these bytes ({ $algorithm }).
reason-signature-does-not-verify = Not made by { $issuer } over these bytes.
reason-algorithms-differ = The certificate names two different signature algorithms.
reason-algorithm = The signature is of a kind that cannot be verified here.
reason-key = The key that is needed for this cannot be used here.
reason-too-many-signatures = There are more signatures on the way than are verified.
reason-key-too-short = The RSA key of { $subject } has { $bits } bits. Fewer than 2048 are too few.
reason-valid = Valid from { $first } to { $last }; today is { $today }.
reason-not-yet-valid = Not valid before { $first }; today is { $today }.
reason-expired = Expired on { $last }; today is { $today }.
reason-is-authority = Its holder is a certification authority.
reason-not-authority = Its holder is no certification authority and must not sign certificates.
reason-no-basic-constraints = It does not say that its holder is a certification authority.
reason-path-length-unlimited = Any number of further authorities may follow.
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
reason-path-length-exceeded =
    { $limit ->
        [0] No further authority may follow
        [one] One further authority may follow
       *[other] { $limit } further authorities may follow
    }, but { $found ->
        [one] one does
       *[other] { $found } do
    }.
reason-key-usage-allows = Its key may be used for `{ $usage }`.
reason-key-usage-unrestricted = Its key may be used for anything, `{ $usage }` included.
reason-key-usage-forbids = Its key may not be used for `{ $usage }`, only for { $allowed }.
reason-key-kind-cannot = A key of this kind ({ $kind }) cannot do `{ $usage }`.
reason-purpose-server = It is meant for a server.
reason-purpose-client = It is meant for a client.
reason-purpose-unrestricted = It is meant for any purpose.
reason-purpose-forbidden-server = It is not meant for a server, only for { $allowed }.
reason-purpose-forbidden-client = It is not meant for a client, only for { $allowed }.
reason-name-matches =
    { $presented ->
        [same] { $name } is among its alternative names.
       *[other] { $name } fits its alternative name { $presented }.
    }
reason-name-differs = { $name } is not among its alternative names: { $presented }.
reason-no-alternative-names = It has no alternative names, so it is not for { $name }. The common name does not count.
reason-not-a-name = “{ $name }” is no name of a host.
reason-names-permitted = { $authority } may vouch for all names in the certificates below it.
reason-name-not-permitted = { $authority } may not vouch for the name { $name }.
reason-too-many-names = There are more names and limits on names than are compared.
reason-extensions-understood =
    { $critical ->
        [0] None of its extensions is critical.
        [one] Its one critical extension is understood.
        [2] Both of its critical extensions are understood.
       *[other] All { $critical } critical extensions are understood.
    }
reason-extension-unknown = The critical extension { $oid } is not understood, so the certificate must be refused.
reason-weak-hash = Made with `{ $algorithm }`, whose hash can be deceived: it proves nothing.
reason-conforms = It is as the policy wants it.
reason-breaks-rule = The certificate of { $subject } is not as the policy wants it.
reason-not-revoked = It was not revoked.
reason-revoked = It was revoked on { $date }.
reason-revocation-unknown = Whether it was revoked cannot be said.
reason-not-reached = Not checked, because something before it failed.

reason-key-exchange-signature = The key in the certificate made this signature over both randoms and the fresh public key ({ $scheme }).
reason-key-exchange-signature-wrong = The key in the certificate did not make this signature ({ $scheme }).
reason-certificate-verify = The key in the client’s certificate signed all that was said so far ({ $scheme }).
reason-certificate-verify-wrong = The key in the client’s certificate did not sign what was said ({ $scheme }).
reason-finished = The 12 bytes that came are the 12 bytes that the { $who } worked out for itself.
reason-finished-wrong = The 12 bytes that came are not those that the { $who } worked out for itself.
