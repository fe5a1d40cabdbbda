# Checks, and what was found, that the classic story does not come to.

check-key-strength = Key strength
check-name-constraints = Permitted names
check-profile = Policy
check-revocation = Revocation
check-key-exchange-signature = Fresh key signed

check-nothing = nothing

reason-malformed = These bytes are not a sound certificate.
reason-malformed-at = These bytes are not a sound certificate. At byte { $at }: { $problem }
reason-duplicate-extension = The extension { $oid } stands there twice.
reason-empty-chain = There is no certificate at all.
reason-issuer-other-key = Signed by { $issuer }, whose name is known here, but with another key.
reason-issuer-unknown-own =
    It names itself as its issuer, but its own key did not sign these bytes. Nobody else known here has the name
    { $issuer }.
reason-not-yet-valid-today = Not valid before { $first-time } UTC on { $day }; the time is { $now-time } UTC.
reason-expired-today = Expired at { $last-time } UTC on { $day }; the time is { $now-time } UTC.
reason-self-signed = { $subject } signed for itself. That creates no trust.
reason-too-many-certificates = There are more certificates on the way than are followed.
reason-signature-does-not-verify = Not made by { $issuer } over these bytes.
reason-algorithms-differ = The certificate names two different signature algorithms.
reason-algorithm = Signatures by `{ $algorithm }` cannot be verified here.
reason-algorithm-malformed = How the signature was made is not written as certificates write it.
reason-algorithm-parameters = The parameters of `{ $algorithm }` are not such as its standard allows.
reason-algorithm-other-parameters = Signatures by `{ $algorithm }` with these parameters cannot be verified here.
reason-algorithm-other-key = Signatures by `{ $algorithm }` with a key of this kind ({ $kind }) cannot be verified here.
reason-algorithm-wrong-key = It claims to be made by `{ $algorithm }`, and no key of the signer’s kind ({ $kind }) makes such signatures.
reason-key = The key that is needed for this cannot be used here.
reason-key-malformed = The key that is needed for this is not written as its standard has it.
reason-key-unnamed-curve = The curve of the key that is needed for this is written out in numbers instead of named.
reason-key-size = The RSA key that is needed for this has { $bits } bits; such keys are not used here.
reason-key-off-curve = The key that is needed for this is no point of its curve that can be used.
reason-key-kind = A key of this kind ({ $kind }) cannot be used here.
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
reason-not-a-name =
    “{ $name }” is no name of a host. Type the name alone, as in `shop.example`, or an address, as in `192.0.2.1`.
    Certificates write names with other letters than a to z in a form that begins with `xn--`: type that.
reason-names-permitted = Every name in the certificates below it is one for which { $authority } may vouch.
reason-name-not-permitted = { $authority } may not vouch for the name { $name }.
reason-too-many-names = There are more names and limits on names than are compared.
reason-extension-unknown = The critical extension { $oid } is not understood, so the certificate must be refused.

reason-key-exchange-signature = The signature over both randoms and the fresh public key verifies with the key in the certificate ({ $scheme }).
reason-key-exchange-signature-wrong = The signature over both randoms and the fresh public key does not verify with the key in the certificate ({ $scheme }).
reason-certificate-verify-wrong = The signature over what was said does not verify with the key in the client’s certificate ({ $scheme }).
reason-finished-wrong = The 12 bytes that came are not those that the { $who } worked out for itself.

reason-weak-hash =
    Made with `{ $algorithm }`, whose hash can be deceived: whoever signed may have signed other bytes than these.
reason-conforms = It is as the policy wants it.
reason-breaks-rule = The certificate of { $subject } breaks a rule: { $rule }.
reason-not-revoked = It was not revoked.
reason-revoked = It was revoked on { $date }.
reason-not-stapled = It promises that a fresh status comes along, and none came.
reason-status-unknown = The authority’s responder says that it does not know this certificate.
reason-status-not-covered = Whether it was revoked cannot be said: no list and no answer at hand is by its issuer.
reason-revocation-unknown = Whether it was revoked cannot be said: { $why }.

unusable-malformed = the list or answer by its issuer is damaged
unusable-malformed-at = the list or answer by its issuer is damaged at byte { $at }
unusable-no-answer = the responder answers that it has no answer (status { $status })
unusable-signature = the signature of the list or answer is not its issuer’s
unusable-algorithm = the list or answer is signed in a way that cannot be verified here
unusable-too-many-signatures = there are more signatures than are verified
unusable-key-usage = the key of the list’s issuer is not for signing lists (`cRLSign`)
unusable-responder = whoever signed the answer may not speak for the issuer
unusable-not-yet = the list or answer holds only from { $date } on
unusable-stale = the list or answer is out of date: a newer one was due by { $date }
unusable-no-next-update = the list or answer does not say until when it holds
unusable-other-scope = the list speaks only of some certificates or reasons, and this is not all of what was asked
unusable-delta = the list has only what changed since another list
unusable-critical-extension = the list or answer has a critical extension ({ $oid }) that is not understood
unusable-number = the list must have a number, in an extension that is not critical
unusable-serial-twice = a serial number stands twice in the list

rule-version = it must be of version 3
rule-serial-number = its serial number must be above 0 and take 20 bytes at most
rule-issuer-named = its issuer must have a name
rule-authority-named = an authority must have a name
rule-authority-key-not-critical = `authorityKeyIdentifier` must not be critical
rule-authority-key-present = `authorityKeyIdentifier` must say by which key it is signed
rule-authority-key-alone = `authorityKeyIdentifier` must hold the identifier of a key and nothing else
rule-authority-key-own = a root must name its own key in `authorityKeyIdentifier`
rule-subject-key-not-critical = `subjectKeyIdentifier` must not be critical
rule-subject-key-present = an authority must identify its key in `subjectKeyIdentifier`
rule-constraints-critical = an authority’s `basicConstraints` must be critical
rule-end-entity-no-authority = who is no authority must not be called one in `basicConstraints`
rule-signer-is-authority = only an authority’s key may be for signing certificates (`keyCertSign`)
rule-name-constraints-of-authority = only an authority may have `nameConstraints`
rule-name-constraints-some = `nameConstraints` must not be empty
rule-name-constraints-sound = each name in `nameConstraints` must be well formed
rule-policy-constraints-critical = `policyConstraints` must be critical
rule-purpose-present = it must say in `extKeyUsage` what it is for
rule-purpose-not-critical = `extKeyUsage` must not be critical
rule-purpose-definite = `extKeyUsage` must not allow just any purpose
rule-purpose-separate = a server’s certificate must not be for signing code, mail, times or answers about revocation too
rule-root-without-purpose = a root must not have `extKeyUsage`
rule-names-present = a server must have alternative names
rule-names-critical = alternative names must be critical where the subject is empty, and only there
rule-names-sound = each `dNSName` must be the name of a host
rule-common-name-copied = the common name must be written just as the alternative name is
rule-access-not-critical = `authorityInfoAccess` must not be critical
rule-features-kept = it must promise every feature of TLS that its issuer’s certificate promises
rule-usage-present = `keyUsage` must allow something
rule-key-kind = its key must be RSA, or on the curve P-256, P-384 or P-521
rule-key-length = the length of its RSA key must be a multiple of eight bits
