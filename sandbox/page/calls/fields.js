// The declared fields of kinds and records, and the values that a content has in them.

import { RECORDS, TEXT_OR } from './kinds.js';

/** The fields of a declaration in their order: `{name, shape, needed, choice}`. */
export const fieldsOf = ({ fields }) =>
  fields.map((field) => {
    const [, name, mark, shape = 'text'] = /^(\w+)([!/]?)(?: (.+))?$/.exec(field);
    return { name, shape, needed: mark === '!', choice: mark === '/' };
  });

/** The shape of a list's elements, or nothing where it is no list. */
export const elementOf = (shape) => /^\[(.+)\]$/.exec(shape)?.[1];

/** The record that a shape is, or that it is where it is no text. */
export const recordOf = (shape) => RECORDS[TEXT_OR[shape]?.record ?? shape];

/** Whether a value is a JSON object. */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
