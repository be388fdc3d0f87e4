/** The reference of what HTTP itself costs: a bare Fastify that answers the JSON it was sent. Run as a process of its own. */
import fastify from 'fastify';

const app = fastify();
app.post('/echo', (request, reply) => reply.send(request.body));
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url });
process.on('disconnect', () => process.exit(0));
