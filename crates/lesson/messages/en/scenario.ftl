# What a learner can choose before a run: each choice has a name and a sentence about it.

scenario-setting-shop = A browser and a shop
scenario-setting-shop-about = A person’s browser visits shop.example. Only the shop shows a certificate; the visitor logs in later, inside the protected connection.
scenario-setting-payroll = Two servers, payroll data
scenario-setting-payroll-about = The HR system of a company sends payroll data to its bank. Nobody sits in front of either machine, so both of them show a certificate.

scenario-kx-rsa = TLS 1.2, RSA key transport
scenario-kx-rsa-about = The client makes a secret and encrypts it to the server’s public key. The classic handshake; forbidden since July 2026, and long out of use before.
scenario-kx-ecdhe = TLS 1.2, ECDHE
scenario-kx-ecdhe-about = Elliptic-curve Diffie-Hellman, ephemeral: both sides make a fresh key pair for this one connection and agree on a secret that is never sent.

scenario-cert-good = a good one
scenario-cert-good-about = Nothing is wrong with the server’s certificate.
scenario-cert-expired = an expired one
scenario-cert-expired-about = The certificate’s last day has passed.
scenario-cert-not-yet-valid = one that is not yet valid
scenario-cert-not-yet-valid-about = The certificate’s first day is still to come. A client whose clock is wrong sees the same.
scenario-cert-wrong-name = one for another name
scenario-cert-wrong-name-about = The certificate is sound, but it belongs to a server of another name.
scenario-cert-unknown-issuer = one from an unknown issuer
scenario-cert-unknown-issuer-about = The certificate is signed by a certification authority that the client does not trust.

scenario-client-not-asked = not asked for
scenario-client-not-asked-about = The server does not ask who the client is.
scenario-client-good = a good one
scenario-client-good-about = The server asks for the client’s certificate and gets a good one.
scenario-client-missing = asked for, but missing
scenario-client-missing-about = The server asks for the client’s certificate, and the client has none to show.
scenario-client-expired = an expired one
scenario-client-expired-about = The server asks for the client’s certificate, whose last day has passed.
scenario-client-unknown-issuer = one from an unknown issuer
scenario-client-unknown-issuer-about = The client’s certificate is signed by a certification authority that the server does not trust.

scenario-problem-unknown = The address says `{ $name }={ $value }`, which is not among the choices. The usual choice is used instead.
scenario-problem-suite = The cipher suite { $suite } does not go with “{ $kx }”. The usual one is used instead.
scenario-problem-seed = The seed “{ $value }” is not 32 hexadecimal digits. A new one is drawn instead.
scenario-problem-date = “{ $value }” is not a date that a run can have (write it as in 2026-11-21T18:30:00Z). Today is used instead.
scenario-problem-repeated = The address says `{ $name }` more than once. The first one counts.
