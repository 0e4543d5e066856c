import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

/** A stand-in for Africa's Talking's API, which takes every SMS. */

createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(201, { 'Content-Type': 'application/json' });
    const messageId = `ATXid_${randomUUID()}`;
    const recipient = { statusCode: 101, status: 'Success', cost: 'KES 0.8000', messageId };
    response.end(
      JSON.stringify({ SMSMessageData: { Message: 'Sent to 1/1', Recipients: [recipient] } }),
    );
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
