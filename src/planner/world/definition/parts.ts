import { integer, list, mapOf, named, text } from './language.ts';

/** What many fields of the world are. */

export const time = named(
  'time',
  'RFC 3339.',
  text({
    pattern:
      '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$',
  }),
);

export const texts = named('texts', 'A list of texts.', list(text()));

export const labels = named('labels', 'Labels or annotations: texts by key.', mapOf(text()));

export const port = named('port', 'A port of TCP.', integer({ minimum: 1, maximum: 65_535 }));
