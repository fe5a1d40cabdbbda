# A server of TLS 1.3 by tlslite-ng, whose HelloRetryRequest carries a cookie.
#
#     python3 tlslite_server.py GROUP    prints `listening on PORT`, serves one client and echoes
#
# Its files lie in the current folder.

import socket
import sys

from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey

with open('shop.pem') as file:
    chain = X509CertChain()
    chain.parsePemList(file.read())
with open('shop.key') as file:
    key = parsePEMKey(file.read(), private=True)

settings = HandshakeSettings()
settings.minVersion = settings.maxVersion = (3, 4)
settings.eccCurves = [sys.argv[1]]
settings.keyShares = [sys.argv[1]]
settings.dhGroups = []

listener = socket.create_server(('127.0.0.1', 0))
print(f'listening on {listener.getsockname()[1]}', flush=True)
connection = TLSConnection(listener.accept()[0])
connection.handshakeServer(certChain=chain, privateKey=key, settings=settings)
print('connected', flush=True)
while True:
    data = connection.read(min=1, max=1 << 14)
    if not data:
        break
    connection.write(data)
connection.close()
print('closed', flush=True)
