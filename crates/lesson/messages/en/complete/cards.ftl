# What the cards of requests, lists, answers and bundles say, on the page that reads any certificate.

read-request-own = was made with the key in the request: whoever made the request has its private key
read-request-not-own =
    does **not** fit the key in the request: either the request was changed after it was signed, or whoever made it
    does not have that private key
read-list-signed-missing = cannot be checked: the certificate of the list’s issuer is not at hand. Add it to find out.
read-response-label = What the answer says
read-response-refusal =
    The responder says that it has no answer: { $status }. Nothing follows from that for any certificate.
read-response-responder = Who answers
read-response-key = whoever has the key with the SHA-1 digest { $hash }
read-response-produced = Signed on
read-response-certificates = Certificates that come along
read-response-answers = Its answers
read-response-good = { $serial }: not revoked, as of { $date }
read-response-revoked = { $serial }: revoked since { $date }, { $reason }
read-response-unknown = { $serial }: not known to who answers
read-bundle-label = What the bundle holds
read-bundle-certificates = Certificates
read-bundle-item = { $name }
read-bundle-lists = Revocation lists
read-bundle-signed = Signed
read-bundle-by-nobody = by nobody: it only carries what it holds, as most bundles do
read-bundle-by =
    { $count ->
        [one] by one signer, whom Padlock does not check
       *[other] by { $count } signers, whom Padlock does not check
    }
