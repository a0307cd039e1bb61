import { describe, expect, test } from 'vitest';
import {
  and,
  choose,
  type Expr,
  eq,
  firstNonEmpty,
  not,
  reasonsUnread,
  when,
} from '../../src/template/index.ts';
import { scopeWith, shop } from './sample.ts';

describe('why nothing read a value', () => {
  test('a condition around it does not hold', () => {
    const template = when<object>(shop.open, { name: shop.name });
    expect(reasonsUnread([template], 'name', scopeWith({}))).toEqual(['open is false']);
  });

  test('the first condition that does not hold, of several', () => {
    const template = when<object>(and(eq(shop.size, 'large'), shop.open), { name: shop.name });
    expect(reasonsUnread([template], 'name', scopeWith({ open: true }))).toEqual(['size is small']);
  });

  test('another branch was taken', () => {
    const template = { it: choose(eq(shop.size, 'large'), shop.name, shop.fallback) };
    expect(reasonsUnread([template], 'name', scopeWith({}))).toEqual(['size is small']);
  });

  test('a value before it was set', () => {
    const template = { it: firstNonEmpty(shop.name, shop.fallback) };
    expect(reasonsUnread([template], 'fallback', scopeWith({ name: 'deli' }))).toEqual(['name is set']);
  });

  test('each place that would have read it has its own reason, and equal reasons are told once', () => {
    const templates = [
      when<object>(shop.open, { it: shop.name }),
      when<object>(shop.open, { it: shop.name }),
      when<object>(not(eq(shop.size, 'small')), { it: shop.name }),
    ];
    expect(reasonsUnread(templates, 'name', scopeWith({}))).toEqual(['open is false', 'size is small']);
  });

  test('nothing knows the value', () => {
    const template: { it: Expr<string> } = { it: shop.name };
    expect(reasonsUnread([template], 'fallback', scopeWith({}))).toEqual([]);
  });
});
