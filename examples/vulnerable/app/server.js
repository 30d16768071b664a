// An example to be scanned, not to be run: it merges what a stranger sends and renders it.
const express = require('express');
const ejs = require('ejs');
const _ = require('lodash');
const options = require('minimist')(process.argv.slice(2));

const board = { title: 'Harbour board', ships: [] };
const app = express();
app.use(express.json());

app.post('/ships', (request, response) => {
  board.ships.push(_.merge({ name: 'unknown', berth: 0 }, request.body));
  response.sendStatus(201);
});

app.get('/', (_request, response) => {
  response.send(ejs.render('<h1><%= title %></h1><ul><% for (const s of ships) { %><li><%- s.name %></li><% } %></ul>', board));
});

app.listen(options.port || 80);
