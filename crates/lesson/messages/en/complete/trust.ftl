# Whom a client trusts, on the page that reads any certificate, and where the bytes of a check are.

read-trust-mozilla = the roots that Firefox brings along
read-roots-coming =
    Mozilla’s [roots](term:root-certificate) are on their way; they are fetched from this page’s own site, the first
    time you ask. The verdict follows when they are here.
read-roots-missing = Mozilla’s roots could not be fetched, so there is no verdict. Are you offline?
read-roots-again = Try again
read-roots-note =
    These are the { $count } [roots](term:root-certificate) that Mozilla trusts to vouch for servers, as its list was
    when this Padlock was made. Firefox asks for more than is checked here: for proof that a certificate was logged in
    public (Certificate Transparency), and it limits some roots in ways that do not stand in their certificates.
read-roots-clients =
    Mozilla’s list is about servers. Whom a server trusts to vouch for its clients, it decides by itself; it is
    hardly ever this list.
read-signed-mozilla = was made with the key of a root that Mozilla trusts ({ $name })
read-check-place = Show the bytes for the check: { $check }
