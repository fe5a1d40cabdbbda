# What each alert means (RFC 5246 §7.2, RFC 9846 §6).

alert-handshake-failure = It means: with what you offer, I cannot come to terms with you.
alert-bad-certificate = It means: a certificate is damaged, has a signature that does not fit, or is otherwise not good.
alert-certificate-expired = It means: a certificate has expired, or is not valid at this time.
alert-unknown-ca = It means: the certificates lead to no authority that I trust.
