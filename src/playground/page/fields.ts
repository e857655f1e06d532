import { type Typed, writeLine } from '../command-line.ts';
import { isRequired, whyNotSent } from '../option-values.ts';
import type { Member, OptionValues } from '../wire.ts';
import { el } from './dom.ts';

/** An option of a command. */
export type Option = Typed['options'][number];

/** An option laid out in the composer: its name, and an input for its value. */
export type Field = {
  option: Option;
  shell: HTMLElement;
  input: HTMLInputElement;
  /** The value behind a suggestion that was taken: the suggestion's name is shown, its value is sent. */
  taken?: { text: string; value: string | number };
  /** Why it was not sent. */
  refusal?: string | undefined;
};

/** As wide as what is in it. */
function widen({ input }: Field): void {
  input.style.width = `${Math.max(2, input.value.length + 1)}ch`;
}

/** Lays out one option. */
export function createField(option: Option, text: string): Field {
  const id = `option-${option.name}`;
  const input = el('input', {
    id,
    type: 'text',
    role: 'combobox',
    'aria-controls': 'picker',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    'aria-describedby': 'hint',
    'aria-required': option.required === true && 'true',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'send',
  });
  const field = {
    option,
    input,
    shell: el('span', { class: 'field' }, el('label', { for: id }, option.name), input),
  };
  writeField(field, text);
  return field;
}

/** Puts a text into a field. */
export function writeField(field: Field, text: string): void {
  field.input.value = text;
  refuseField(field, undefined);
  widen(field);
}

/** Marks a field as refused, or as no longer refused. */
export function refuseField(field: Field, refusal: string | undefined): void {
  field.refusal = refusal;
  if (refusal === undefined) field.input.removeAttribute('aria-invalid');
  else field.input.setAttribute('aria-invalid', 'true');
  widen(field);
}

/** Whether a field holds nothing but a suggestion that was taken. */
export function isTaken({ taken, input }: Field): boolean {
  return taken !== undefined && taken.text === input.value.trim();
}

/** What a field sends. */
function sentValue(field: Field): string | number {
  const text = field.input.value.trim();
  return isTaken(field) ? (field.taken?.value ?? text) : text;
}

/** Marks what Discord's client would not send; returns the first such field. */
export function checkFields(fields: readonly Field[], members: readonly Member[]): Field | undefined {
  for (const field of fields) {
    const value = sentValue(field);
    const isMissing = field.option.required === true && value === '';
    refuseField(field, isMissing ? isRequired : whyNotSent(field.option, value, members));
  }
  return fields.find(({ refusal }) => refusal !== undefined);
}

/** The values of the fields that have one. */
export function valuesOf(fields: readonly Field[]): OptionValues {
  const given = fields.filter(({ input }) => input.value.trim() !== '');
  return Object.fromEntries(given.map((field) => [field.option.name, sentValue(field)]));
}

/** The command as a line that could be typed; members by name, which is what a person reads. */
export function lineFrom({ path }: Typed, fields: readonly Field[]): string {
  const given = fields.filter(({ input }) => input.value.trim() !== '');
  return writeLine(
    path,
    given.map((field) => [field.option.name, field.option.type === 6 ? field.input.value : sentValue(field)]),
  );
}
