// A client or a server of TLS 1.3 by Node.js, whose OpenSSL may be newer than the system's.
//
//     node peer.mjs server GROUPS    prints `listening on PORT`, and echoes
//     node peer.mjs client PORT GROUPS LENGTH    sends LENGTH bytes, awaits them back, prints `done`
//
// Its files lie in the current folder.

import fs from 'node:fs';
import tls from 'node:tls';

const [role, ...rest] = process.argv.slice(2);
const only13 = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' };

if (role === 'server') {
    const server = tls.createServer({
        ...only13,
        cert: fs.readFileSync('shop.pem'),
        key: fs.readFileSync('shop.key'),
        ecdhCurve: rest[0],
    }, (socket) => socket.pipe(socket));
    server.on('tlsClientError', (error) => console.log(`refused: ${error.code}`));
    server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
} else {
    const [port, ecdhCurve, length] = rest;
    const sent = Buffer.alloc(Number(length), 'Padlock');
    const received = [];
    const socket = tls.connect({
        ...only13,
        host: '127.0.0.1',
        port: Number(port),
        servername: 'shop.example',
        ca: fs.readFileSync('root.pem'),
        // The test's certificates are of another day; everything else is checked.
        rejectUnauthorized: false,
        ecdhCurve,
    }, () => {
        const fault = socket.authorizationError;
        if (fault && !['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'].includes(fault.code ?? fault)) {
            throw new Error(`the certificate: ${fault.code ?? fault}`);
        }
        socket.write(sent);
    });
    socket.on('data', (data) => {
        received.push(data);
        const all = Buffer.concat(received);
        if (all.length >= sent.length) {
            console.log(all.equals(sent) ? `done in ${socket.getProtocol()}` : 'other bytes came back');
            socket.end();
        }
    });
}
