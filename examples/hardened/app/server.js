// The same board: input is picked field by field, output is escaped, the process stops when it is asked to.
import ejs from 'ejs';
import express from 'express';
import pick from 'lodash/pick.js';
import minimist from 'minimist';

const options = minimist(process.argv.slice(2));
const board = { title: 'Harbour board', ships: [] };
const app = express();
app.disable('x-powered-by');
app.use(express.json({ limit: '10kb' }));

app.post('/ships', (request, response) => {
  const { name, berth } = pick(request.body, ['name', 'berth']);
  if (typeof name !== 'string' || !Number.isInteger(berth)) return response.sendStatus(400);
  board.ships.push({ name, berth });
  response.sendStatus(201);
});

app.get('/', (_request, response) => {
  response.send(ejs.render('<h1><%= title %></h1><ul><% for (const s of ships) { %><li><%= s.name %></li><% } %></ul>', board));
});

const server = app.listen(options.port || 8080);
process.on('SIGTERM', () => server.close());
