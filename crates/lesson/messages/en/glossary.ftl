# The glossary: `term-ID` is a title, `term-ID-text` explains it.

term-certificate = certificate
term-certificate-text = A signed file that binds a public key to a name.
