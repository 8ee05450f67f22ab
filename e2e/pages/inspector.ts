// What is selected, looked into at the playhead.
import { expect, type Locator, type Page } from '@playwright/test'

export class Inspector {
  readonly region: Locator
  readonly panel: Locator
  readonly routes: Locator
  readonly kernel: Locator
  /** Of a block: a host each, with its path in BIRD and its line in the kernel. */
  readonly knowers: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Inspector', exact: true })
    this.panel = this.region.getByRole('tabpanel')
    this.routes = this.region.getByRole('table', { name: 'Routes of BIRD' })
    this.kernel = this.region.getByRole('table', { name: 'Forwarding table of the kernel' })
    this.knowers = this.region.getByRole('list', { name: 'Who knows it' }).getByRole('listitem')
  }

  title(words: string | RegExp): Locator {
    return this.region.getByRole('heading', { name: words }).first()
  }

  tab(name: string): Locator {
    return this.region.getByRole('tab', { name, exact: true })
  }

  async openTab(name: string): Promise<void> {
    await this.tab(name).click()
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true')
  }
}
