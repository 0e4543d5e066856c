import { createServer } from 'node:http';
import { screenOf } from '../screens.js';

/** Bare node:http: the least that a server in Node.js costs. */

createServer((request, response) => {
  let form = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    form += chunk;
  });
  request.on('end', () => {
    const text = new URLSearchParams(form).get('text') ?? '';
    const body = `CON ${screenOf(text)}`;
    response.writeHead(200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(body);
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
