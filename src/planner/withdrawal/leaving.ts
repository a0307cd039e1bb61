import { firstVerdict } from '../rule.ts';
import {
  OBJECT_LEAVING_RULES,
  type ObjectFacts,
  ROUTE_LEAVING_RULES,
  type RouteFacts,
} from './leaving-rules.ts';

/** Whether an object of a leaving cluster goes in this plan. */
export function objectGoes(facts: ObjectFacts, rules = OBJECT_LEAVING_RULES): boolean {
  return firstVerdict(rules, facts) !== 'stays';
}

/** Whether an HTTPRoute of a leaving cluster may go, as far as its hostnames are concerned. */
export function routeMayGo(facts: RouteFacts, rules = ROUTE_LEAVING_RULES): boolean {
  return firstVerdict(rules, facts) === undefined;
}
