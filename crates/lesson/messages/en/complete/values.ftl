# The values that are not of the classic handshake.

value-server-public-key-for = Anyone may know it: it checks the server’s signatures, or encrypts something only for the server.
value-client-public-key-for = Anyone may know it: it checks the client’s signatures.
value-server-private-key-for = Never leaves the server. Whoever has it can pose as the server.
value-client-private-key-for = Never leaves the client. Whoever has it can pose as the client.
value-client-ephemeral-private = client’s fresh private key
value-client-ephemeral-private-for = Made for this connection alone, and never sent.
value-server-ephemeral-private = server’s fresh private key
value-server-ephemeral-private-for = Made for this connection alone, and never sent.
value-client-ephemeral-public = client’s fresh public key
value-client-ephemeral-public-for = What travels in Client Key Exchange.
value-server-ephemeral-public = server’s fresh public key
value-server-ephemeral-public-for = What travels in Server Key Exchange, signed.
value-key-exchange-parameters = group and fresh public key
value-key-exchange-parameters-for = As they stand in Server Key Exchange.
value-signed-parameters = what the server signs
value-signed-parameters-for = Both randoms and the server’s fresh public key: the signature fits no other connection.
value-key-exchange-signature = signature of the server
value-key-exchange-signature-for = Shows that the fresh public key comes from the holder of the private key that belongs to the certificate.
value-handshake-messages-for = All that was said, from Client Hello on, exactly as it was sent.
value-session-hash = hash of the messages up to the key exchange
value-session-hash-for = Ties the master secret to this very handshake (RFC 7627).

value-other = { $name }
value-other-for = A value of the key schedule of TLS 1.3.
