import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { createMentionFinder } from '../../src/catalog/mentions.ts';

const catalog = loadCatalog();
const frameworksIn = createMentionFinder(catalog);
const named = (message: string): string[] => frameworksIn(message).map(({ id }) => id);

/** What people say without a framework in mind. */
const ordinary = [
  // express
  'Express yourself!',
  'Can you express that in other words?',
  'I find it hard to express how I feel.',
  'He took the express train to the airport.',
  'Do you accept American Express?',
  'my american express card was declined again',
  'I paid with American Express on the website and it went through.',
  'The Polar Express is on tonight, who is watching?',
  'Panda Express for lunch, anyone?',
  'express shipping costs 12 dollars, is that worth it?',
  'Please express your opinion in the poll.',
  'Express your opinion in the poll on our website.',
  'Express lane is closed, take the other one.',
  'Express delivery takes two days, says the app.',
  'She has an Express train ticket to Madrid.',
  'The Orient Express left Istanbul on time.',
  'We drank express coffee and talked about the software business.',
  'That was an express wish of my grandmother.',
  'They expressed their regret.',
  'I just want to express my thanks to everyone on this server.',
  // spring
  'I moved to Phoenix last Spring.',
  'Spring is here at last!',
  'spring break starts on friday',
  'The spring in my mattress is broken.',
  'Water comes from a spring up the hill.',
  'Let us meet in Spring, before exams.',
  'My favourite season is Spring because of the flowers.',
  'In the spring of 2019 we got our first dog.',
  'We should spring for the bigger pizza.',
  'Spring cleaning is the worst.',
  'The garden looks lovely this Spring.',
  'The spring rolls were better than the pad thai.',
  // flask
  'I brought a flask of tea.',
  'He filled his hip flask before the match.',
  'The chemist shook the flask until it turned blue.',
  'Flask of coffee, map, sandwiches: ready for the hike.',
  'Who left a flask in the lab?',
  'A vacuum flask keeps soup warm for hours.',
  // rails
  'This conversation has gone off the rails.',
  'the train came off the rails near Lyon',
  'Hold on to the rails when you go down the stairs.',
  'He grinds rails on his skateboard all day.',
  'We need guard rails on the balcony.',
  'Their marriage went off the rails last year.',
  'The curtain rails need new hooks.',
  'Rails were laid across the desert in 1882.',
  // phoenix
  'My sister lives in Phoenix.',
  'Phoenix is hot in July.',
  'We are flying to Phoenix on Monday.',
  'Harry Potter and the Order of the Phoenix is my favourite.',
  'I live in Phoenix and work as a web developer.',
  'Joaquin Phoenix was great in that film.',
  'like a phoenix from the ashes',
  'The Phoenix Suns lost again.',
  'phoenix suns by 12 tonight',
  'The flight from Phoenix landed early.',
  'Our new server admin is from Phoenix.',
  'Is anyone else near Phoenix this weekend?',
  // cake, coffee and other words
  'I baked a cake for her birthday.',
  'That exam was a piece of cake.',
  'Let them eat cake, she said.',
  'Have your cake and eat it.',
  'The cake is a lie.',
  'I need a cup of java before I can think.',
  'We spent two weeks on Java and Bali.',
  'The island of Java has many volcanoes.',
  // play, echo, gin, sails, hug
  'Want to play a game tonight?',
  'Play it again, Sam.',
  'There is an echo in this room.',
  'Echo, can you hear me?',
  'A gin and tonic, please.',
  'We met in Phoenix in Spring.',
  'The ship sails at dawn.',
  'Nest boxes for owls are sold out.',
  'My grails are rare vinyl records.',
  'That meteor shower was amazing.',
  'The sinatra record skips on the second side.',
  'Fiber is good for you.',
  'Our rocket exploded on the launch pad.',
  'In the next 15 minutes I will restart the server.',
  'Next, run the tests on the server.',
  'We use a slim image on the server.',
  'There is a slim chance that it works.',
  'A tornado warning took the website down.',
  'Birds nest on the roof of our office.',
  'The ship sails without our code review.',
  'I sat down next to the server rack.',
  // go
  'Where did everybody go?',
  'Go big or go home.',
  'Ready, set, go!',
  'Let us go by express train, it is faster.',
  'Go and express your thanks to the cook.',
  'I have to go; the flask is empty.',
  // rust
  'There is rust on the rails of the old bridge.',
  'Rust never sleeps.',
  'Rust ate through the rails of my pickup.',
  'My bike is covered in rust.',
  // swift
  'Taylor Swift plays in Phoenix tonight!',
  'A swift reply would be nice.',
  'The swift express train takes an hour.',
  'We need a swift way to express regret.',
  // node
  'The lymph node was swollen.',
  'Each node of the graph has a colour.',
  // python and ruby
  'The python slid under the express train.',
  'The python at the zoo is five metres long.',
  'A python can swallow a goat.',
  'Monty Python is still funny.',
  'She wore a ruby ring and a silver flask on her belt.',
  'Ruby is my niece, she loves the express train.',
  'The ruby slippers were sold for a fortune.',
  'Dorothy clicked her ruby slippers and went to Phoenix.',
  // other everyday words that are languages
  'He threw a dart at the spring poster.',
  'The crystal flask fell off the shelf.',
  'Julia said she would express it to you by mail.',
  'Crystal lives in Phoenix with her husband.',
  'What a groovy spring day.',
  'The elixir in the flask glows.',
  'Do you see the gleam of the rails?',
  'R u going to Phoenix?',
  'A, B, C: now express it in numbers.',
  // about software, but not about one of them
  'Which framework should I learn first?',
  'My code works and I do not know why.',
  'The server is down again.',
  'Can you express this in code?',
  'The app lets you express yourself with stickers.',
  'The deploy went off the rails.',
  'We need guard rails in our deploy process.',
  'I put my flask next to the server and it spilled.',
  'Our software team meets in Phoenix every spring.',
  'React and Vue are both fine.',
  // nothing at all
  '',
  '🎉🎉🎉',
  'lol',
  '...',
  'https://example.org',
  // names that came with more languages
  'I had a dream about a crow in an oak tree.',
  'Play something fresh, please!',
  'The gorilla ate a grape and the giraffe watched.',
  'Amber is the colour of the traffic light.',
  'The iris that Nancy bought was a lucky find.',
  'A cowboy hat, a martini and a buffalo burger.',
  'Plug it in and zap it.',
  'He wrote a poem, then a prologue.',
  'Please lift the horse trailer over the pedestal.',
  'My jersey is on the shelf.',
  'The ring of fire at warp speed, what a rage.',
  'Wisps of mist at the seaside, and a spiral shell.',
  'A hummingbird flew over the kelp.',
  'Is there oxygen on the flight?',
  'Ash fell for days after the eruption.',
  'The plumber fixed the shower, finally.',
  'What a shiny new jester costume!',
  'Egg prices went up again.',
  'She is an iron lady and a dancer.',
  'That scheme is a racket.',
  'They salvo fired, then struts in the parade.',
  'Our genie grants three wishes, catalyst or not.',
  'A tempest in a teapot.',
  'We went loco over the goalie.',
];

/** What people say of frameworks, with those that they name in the order of their first mention. */
const meant: [string, ...string[]][] = [
  ['Django is great.', 'django'],
  ['is django still maintained?', 'django'],
  ['Laravel or Django?', 'laravel', 'django'],
  ['I would take Laravel over CakePHP any day.', 'laravel', 'cakephp'],
  ['we use express.js', 'express'],
  ['expressjs is fine', 'express'],
  ['Have you tried Koa.js?', 'koa'],
  ['koa or express?', 'koa', 'express'],
  ['express or koa?', 'express', 'koa'],
  ['flask or django for a small api?', 'flask', 'django'],
  ['I am learning Flask.', 'flask'],
  ['learning Python with flask this week', 'flask'],
  ['python + flask = love', 'flask'],
  ['Should I use Express with TypeScript?', 'express'],
  ['express and typescript, that is my stack', 'express'],
  ['Ruby on Rails is from 2004.', 'rails'],
  ['ruby on rails vs laravel', 'rails', 'laravel'],
  ['RoR is not dead', 'rails'],
  ['How do I deploy Rails to a server?', 'rails'],
  ['rails or laravel', 'rails', 'laravel'],
  ['Spring Boot needs too much memory.', 'spring-boot'],
  ['spring boot', 'spring-boot'],
  ['We moved our backend from Spring to Express.', 'spring-boot', 'express'],
  ['Java and Spring at work, Flask at home.', 'spring-boot', 'flask'],
  ['Phoenix is my favourite Elixir framework', 'phoenix'],
  ['Phoenix LiveView is magic', 'phoenix'],
  ['the phoenix framework', 'phoenix'],
  ['We rewrote the backend in Phoenix.', 'phoenix'],
  ['ASP.NET Core or Spring Boot for a bank?', 'aspnet-core', 'spring-boot'],
  ['anyone here using asp.net core?', 'aspnet-core'],
  ['.NET Core is fast now', 'aspnet-core'],
  ['**Django**, _Flask_ and `express.js`', 'django', 'flask', 'express'],
  ['django\nlaravel\nrails', 'django', 'laravel', 'rails'],
  ['Django/Flask/Express', 'django', 'flask', 'express'],
  ['(Laravel)', 'laravel'],
  ['Django, Django, DJANGO!', 'django'],
  ['Is Play still used for Scala APIs?', 'play'],
  ['We moved our Rust server from Warp to axum.', 'warp', 'axum'],
  ['Plug and Phoenix are both Elixir.', 'plug', 'phoenix'],
  ['Ring or Pedestal for a Clojure API?', 'ring', 'pedestal'],
  ['For Haskell: Servant, Scotty, Yesod, IHP.', 'servant', 'scotty', 'yesod', 'ihp'],
  ['Our C++ backend uses Crow, before that it was Drogon.', 'crow', 'drogon'],

  ['My Express middleware does not run.', 'express'],
  ['Express middleware runs in order.', 'express'],
  ['Flask routes and templates are easy.', 'flask'],
  ['Express is a web framework.', 'express'],
  ['CakePHP 5 came out', 'cakephp'],
  ['Django > Rails > Laravel > Phoenix > Koa', 'django', 'rails', 'laravel', 'phoenix', 'koa'],
  ['I live in Phoenix, and since last Spring I write Django.', 'django'],
  ['The Django deploy went off the rails.', 'django'],
  ['Django lets you express your models in Python.', 'django'],
  ['We moved the app from Rails to Phoenix last spring.', 'rails', 'phoenix'],
  ['What is in the next Django release?', 'django'],
  ['Use a slim image for Django.', 'django'],
  ['Let us deploy Django in the next 15 minutes.', 'django'],
  ['I learn Flask first and Django next.', 'flask', 'django'],
];

test('there are enough of both', () => {
  expect(new Set(ordinary).size).toBeGreaterThanOrEqual(100);
  expect(meant.length).toBeGreaterThanOrEqual(30);
});

describe('ordinary sentences name no framework', () => {
  test.each(ordinary)('%j', (sentence) => {
    expect(named(sentence)).toEqual([]);
  });
});

test('a name without its ‘js’ is one where the entry says so', () => {
  const koa = catalog.frameworks.filter(({ id }) => id === 'koa');
  const finderFor = (aliases: string[]) =>
    createMentionFinder({
      ...catalog,
      frameworks: koa.map((entry) => ({
        ...entry,
        id: 'nestjs',
        name: 'NestJS',
        aliases,
        ordinaryWords: ['nest'],
      })),
    });
  const messages = ['We use Nest for the backend.', 'nest.js is fine', 'Nest boxes for owls are sold out.'];
  const counts = (aliases: string[]) => messages.map((message) => finderFor(aliases)(message).length);
  expect(counts(['nest'])).toEqual([1, 1, 0]);
  expect(counts([])).toEqual([0, 1, 0]);
});

describe('messages about frameworks name them in order', () => {
  test.each(meant)('%j', (message, ...ids) => {
    expect(named(message)).toEqual(ids);
  });
});
