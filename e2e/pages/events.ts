// The event list. Its rows are virtual: those near the playhead are there.
import type { Locator, Page } from '@playwright/test'

export class Events {
  readonly region: Locator
  readonly rows: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Events' })
    this.rows = this.region.getByRole('option')
  }

  row(words: string | RegExp): Locator {
    return this.rows.filter({ hasText: words })
  }
}
