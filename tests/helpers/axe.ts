import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Finding = { id: string; impact?: string | null; nodes: { html: string; failureSummary?: string }[] };

/** What axe finds on a page that is serious or worse, in words; https://github.com/dequelabs/axe-core. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as { violations: Finding[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
