# Checks, and what was found, that the classic story does not come to.

check-key-strength = Key strength
check-name-constraints = Permitted names
check-profile = Policy
check-revocation = Revocation
check-key-exchange-signature = Fresh key signed

check-nothing = nothing

reason-malformed = These bytes are not a sound certificate.
reason-duplicate-extension = The extension { $oid } stands there twice.
reason-empty-chain = There is no certificate at all.
reason-issuer-other-key = Signed by { $issuer }, whose name is known here, but with another key.
reason-self-signed = { $subject } signed for itself. That creates no trust.
reason-too-many-certificates = There are more certificates on the way than are followed.
reason-signature-does-not-verify = Not made by { $issuer } over these bytes.
reason-algorithms-differ = The certificate names two different signature algorithms.
reason-algorithm = The signature is of a kind that cannot be verified here.
reason-key = The key that is needed for this cannot be used here.
reason-too-many-signatures = There are more signatures on the way than are verified.
reason-key-too-short = The RSA key of { $subject } has { $bits } bits. Fewer than 2048 are too few.
reason-not-authority = Its holder is no certification authority and must not sign certificates.
reason-no-basic-constraints = It does not say that its holder is a certification authority.
reason-path-length-unlimited = Any number of further authorities may follow.
reason-path-length-exceeded =
    { $limit ->
        [0] No further authority may follow
        [one] One further authority may follow
       *[other] { $limit } further authorities may follow
    }, but { $found ->
        [one] one does
       *[other] { $found } do
    }.
reason-key-usage-unrestricted = Its key may be used for anything, `{ $usage }` included.
reason-key-usage-forbids = Its key may not be used for `{ $usage }`, only for { $allowed }.
reason-key-kind-cannot = A key of this kind ({ $kind }) cannot do `{ $usage }`.
reason-purpose-unrestricted = It is meant for any purpose.
reason-purpose-forbidden-server = It is not meant for a server, only for { $allowed }.
reason-purpose-forbidden-client = It is not meant for a client, only for { $allowed }.
reason-no-alternative-names = It has no alternative names, so it is not for { $name }. The common name does not count.
reason-not-a-name = “{ $name }” is no name of a host.
reason-names-permitted = { $authority } may vouch for all names in the certificates below it.
reason-name-not-permitted = { $authority } may not vouch for the name { $name }.
reason-too-many-names = There are more names and limits on names than are compared.
reason-extension-unknown = The critical extension { $oid } is not understood, so the certificate must be refused.

reason-key-exchange-signature = The signature over both randoms and the fresh public key verifies with the key in the certificate ({ $scheme }).
reason-key-exchange-signature-wrong = The signature over both randoms and the fresh public key does not verify with the key in the certificate ({ $scheme }).
reason-certificate-verify-wrong = The signature over what was said does not verify with the key in the client’s certificate ({ $scheme }).
reason-finished-wrong = The 12 bytes that came are not those that the { $who } worked out for itself.

reason-weak-hash = Made with `{ $algorithm }`, whose hash can be deceived: it proves nothing.
reason-conforms = It is as the policy wants it.
reason-breaks-rule = The certificate of { $subject } is not as the policy wants it.
reason-not-revoked = It was not revoked.
reason-revoked = It was revoked on { $date }.
reason-not-stapled = It promises that a fresh status comes along, and none came.
reason-revocation-unknown = Whether it was revoked cannot be said.
