# What a learner can choose before a run: each choice has a name and a sentence about it.

scenario-setting-shop = A browser and a shop
scenario-setting-payroll = Two servers, payroll data

scenario-kx-rsa = TLS 1.2, RSA key transport
scenario-kx-rsa-about = The client makes a secret and encrypts it to the server’s public key.
scenario-kx-rsa-session-id = TLS 1.2, RSA, resumed by session ID
scenario-kx-rsa-session-ticket = TLS 1.2, RSA, resumed by ticket
scenario-kx-ecdhe = TLS 1.2, ECDHE
scenario-kx-ecdhe-about = Elliptic-curve Diffie-Hellman, ephemeral: from fresh keys, both sides come to a secret that is never sent.
scenario-kx-session-id = TLS 1.2, ECDHE, resumed by session ID
scenario-kx-session-ticket = TLS 1.2, ECDHE, resumed by ticket
scenario-kx-tls13 = TLS 1.3
scenario-kx-hybrid = TLS 1.3, hybrid with ML-KEM
scenario-kx-retried = TLS 1.3, second attempt
scenario-kx-resumed = TLS 1.3, resumed
scenario-kx-psk-alone = TLS 1.3, resumed without fresh keys
scenario-kx-early = TLS 1.3, resumed, early data
scenario-kx-early-refused = TLS 1.3, resumed, early data refused
scenario-kx-external = TLS 1.3, key given beforehand

scenario-way-nothing = nobody changes anything
scenario-way-hide = somebody takes TLS 1.3 off the offer
scenario-way-hide-sign = somebody takes TLS 1.3 off the offer and hides it
scenario-way-ask = somebody asks for TLS 1.1 instead
scenario-way-change = somebody changes the message

scenario-cert-good = a good one
scenario-cert-expired = an expired one
scenario-cert-not-yet-valid = one that is not yet valid
scenario-cert-wrong-name = one for another name
scenario-cert-unknown-issuer = one from an unknown issuer

scenario-client-not-asked = not asked for
scenario-client-good = a good one
scenario-client-missing = asked for, but missing
scenario-client-expired = an expired one
scenario-client-unknown-issuer = one from an unknown issuer

scenario-problem-unknown = The address says `{ $name }={ $value }`, which is not among the choices. The usual choice is used instead.
scenario-problem-misfit = { $value } does not go with “{ $kx }”. What is usual with it is used instead.
scenario-problem-seed = The seed “{ $value }” is not 32 hexadecimal digits. A new one is drawn instead.
scenario-problem-date = “{ $value }” is not a date that a run can have (write it as in 2026-11-21T18:30:00Z). Today is used instead.
scenario-problem-repeated = The address says `{ $name }` more than once. The first one counts.
