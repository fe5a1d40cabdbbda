# A client by tlslite-ng that says what the certificates that it is shown may be signed with.
#
#     python3 tlslite_client.py PORT VERSION SCHEME...    prints the end-entity's DER in hexadecimal
#
# VERSION is the minor one on the wire: 3 or 4. Without a SCHEME it says nothing of certificates.

import socket
import sys

from tlslite.api import HandshakeSettings, TLSConnection
from tlslite.constants import ExtensionType, SignatureScheme
from tlslite.extensions import SignatureAlgorithmsCertExtension
from tlslite.messages import ClientHello

port, version, *schemes = sys.argv[1:]
schemes = [getattr(SignatureScheme, name) for name in schemes]


class Connection(TLSConnection):
    def _sendMsg(self, message, *rest, **more):
        kind = ExtensionType.signature_algorithms_cert
        if isinstance(message, ClientHello) and schemes and not message.getExtension(kind):
            message.extensions.append(SignatureAlgorithmsCertExtension().create(schemes))
        yield from super()._sendMsg(message, *rest, **more)


settings = HandshakeSettings()
settings.minVersion = settings.maxVersion = (3, int(version))
connection = Connection(socket.create_connection(('127.0.0.1', int(port))))
connection.handshakeClientCert(settings=settings, serverName='shop.example')
shown = connection.session.serverCertChain.x509List[0]
print('shown', bytes(shown.bytes).hex(), flush=True)
connection.close()
