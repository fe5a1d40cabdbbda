# What each choice means.

scenario-setting-shop-about = A person’s browser visits shop.example. Only the shop shows a certificate; the visitor logs in later, inside the protected connection.
scenario-setting-payroll-about = The HR system of a company sends payroll data to its bank. Nobody sits in front of either machine, so both of them show a certificate.
scenario-kx-tls13-about = Today’s handshake: both send a fresh public key at once, and all that follows is encrypted.
scenario-kx-retried-about = The server cannot use the key that the client sent first, and asks for one of another kind.
scenario-kx-resumed-about = They spoke ten minutes ago. The ticket that the server gave out then stands in for its certificate.
scenario-kx-perhaps-resumed-about = They go on from ten minutes ago, if a connection came of it then. Otherwise they begin anew.
scenario-kx-psk-alone-about = They spoke ten minutes ago, and the secret of then is all that they use: nothing fresh is stirred in.
scenario-kx-early-about = They spoke ten minutes ago. The client sends its message along with its first one, before any answer.
scenario-kx-early-refused-about = The client sends its message along with its first one, but this time the server does not take it.
scenario-kx-external-about = Somebody gave both the same secret key when they were set up. So nobody needs a certificate.
scenario-cert-good-about = Nothing is wrong with the server’s certificate.
scenario-cert-expired-about = The certificate’s last day has passed.
scenario-cert-not-yet-valid-about = The certificate’s first day is still to come. A client whose clock is wrong sees the same.
scenario-cert-wrong-name-about = The certificate is sound, but it belongs to a server of another name.
scenario-cert-unknown-issuer-about = The certificate is signed by a certification authority that the client does not trust.
scenario-client-not-asked-about = The server does not ask who the client is.
scenario-client-good-about = The server asks for the client’s certificate and gets a good one.
scenario-client-missing-about = The server asks for the client’s certificate, and the client has none to show.
scenario-client-expired-about = The server asks for the client’s certificate, whose last day has passed.
scenario-client-unknown-issuer-about = The client’s certificate is signed by a certification authority that the server does not trust.
