import type { Framework } from './framework.ts';
import { meets, type Scored, type Scoring, type Wish } from './score.ts';
import { type Sourced, sourced } from './sources.ts';
import { type Capability, capabilities, keysOf, type Purpose, purposes } from './vocabulary.ts';

/**
 * One change of a wish that puts another framework first: needs of which dropping or adding any one alone does it, or
 * other purposes of which any one does; `because` is what the new first has for it, in the same order.
 */
export type Change = {
  first: Framework;
  wishes: Wish[];
  because: Sourced[];
} & ({ by: 'without' | 'with'; needs: Capability[] } | { by: 'purpose'; purposes: Purpose[] });

/** The most changes that are told, and the most of one kind that lead to the same framework. */
const mostChanges = 3;
const mostAlike = 2;

/** One thing that a wish may be changed by. */
type Step =
  | { by: 'without' | 'with'; need: Capability; wish: Wish }
  | { by: 'purpose'; purpose: Purpose; wish: Wish };

/** Every wish that differs from this one by one need or by its purpose. */
function stepsFrom(wish: Wish): Step[] {
  const { needs, purpose: current } = wish;
  return [
    ...needs.map((need): Step => {
      return { by: 'without', need, wish: { ...wish, needs: needs.filter((other) => other !== need) } };
    }),
    ...keysOf(capabilities)
      .filter((need) => !needs.includes(need))
      .map((need): Step => ({ by: 'with', need, wish: { ...wish, needs: [...needs, need] } })),
    ...keysOf(purposes)
      .filter((purpose) => purpose !== current)
      .map((purpose): Step => ({ by: 'purpose', purpose, wish: { ...wish, purpose } })),
  ];
}

/** What the new first has that the step asks for; nothing where the step asks for less. */
function becauseOf(step: Step, first: Framework): Sourced[] {
  if (step.by === 'without') return [];
  const about = step.by === 'purpose' ? step.purpose : undefined;
  const fact =
    step.by === 'with'
      ? first.capabilities[step.need]
      : first.goodFor.find(({ purpose }) => purpose === about);
  return fact === undefined ? [] : [sourced(first, '', fact)];
}

function changeOf(first: Framework, steps: readonly Step[]): Change | undefined {
  const told = steps.slice(0, mostAlike);
  const [step] = told;
  if (step === undefined) return undefined;
  const common = {
    first,
    wishes: told.map(({ wish }) => wish),
    because: told.flatMap((one) => becauseOf(one, first)),
  };
  if (step.by === 'purpose') {
    return {
      ...common,
      by: 'purpose',
      purposes: told.flatMap((one) => (one.by === 'purpose' ? one.purpose : [])),
    };
  }
  return { ...common, by: step.by, needs: told.flatMap((one) => (one.by === 'purpose' ? [] : one.need)) };
}

/**
 * What would change the answer: of all wishes that differ by one need or by the purpose, those that put another framework
 * first. Needs to drop are told before needs to add, those before other purposes; among equals, who is nearest to the first
 * place now comes first.
 *
 * @param ranked who fits the wish, best first.
 * @param candidates who can be written in its languages and has not ended.
 */
export function changesOf(
  wish: Wish,
  ranked: readonly Scored[],
  candidates: readonly Framework[],
  scoring: Scoring,
): Change[] {
  const now = ranked[0]?.framework;
  if (now === undefined) return [];
  const isAgainst = ({ notGoodFor }: Framework, purpose: Purpose | undefined) =>
    notGoodFor.some((fit) => fit.purpose === purpose);
  // A step changes one of the two, so the other is looked at once for all steps.
  const willing = candidates.filter((framework) => !isAgainst(framework, wish.purpose));
  const able = candidates.filter((framework) => meets(framework, wish.needs));
  const place = new Map(ranked.map(({ framework }, at) => [framework, at]));
  const found = stepsFrom(wish).flatMap((step) => {
    const { wish: changed } = step;
    const suited =
      step.by === 'purpose'
        ? able.filter((framework) => !isAgainst(framework, step.purpose))
        : willing.filter((framework) => meets(framework, changed.needs));
    const first = scoring.first(changed, suited);
    // A purpose that nothing is recorded for changes the order, and says nothing.
    const isMeant = step.by !== 'purpose' || first?.goodFor.some((fit) => fit.purpose === step.purpose);
    return first === undefined || first === now || !isMeant ? [] : [{ step, first }];
  });
  const changes = (['without', 'with', 'purpose'] as const).flatMap((by) => {
    const groups = Map.groupBy(
      found.filter(({ step }) => step.by === by),
      ({ first }) => first,
    );
    const nearest = [...groups].sort(
      ([a], [b]) => (place.get(a) ?? ranked.length) - (place.get(b) ?? ranked.length),
    );
    const told = nearest.flatMap(
      ([first, steps]) =>
        changeOf(
          first,
          steps.map(({ step }) => step),
        ) ?? [],
    );
    return told.slice(0, by === 'with' ? mostAlike : 1);
  });
  return changes.slice(0, mostChanges);
}
