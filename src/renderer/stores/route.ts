import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { parseRoute, type Route } from './route-path.ts';

export { href, pathOf, type Route, type ScreenName } from './route-path.ts';

const store = createStore<Route>(() => parseRoute(location.hash));

/** Follows the address; once, at the start of the page. */
export function startRoute(): void {
  store.setState(parseRoute(location.hash), true);
  window.addEventListener('hashchange', () => store.setState(parseRoute(location.hash), true));
}

/** Goes to a path such as `/runs/compare?ids=a,b`. `replace` leaves no step back. */
export function navigate(path: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const address = `#${path.startsWith('/') ? path : `/${path}`}`;
  if (address === location.hash) return;
  if (replace) {
    history.replaceState(null, '', address);
    store.setState(parseRoute(address), true);
  } else {
    location.hash = address;
  }
}

export function useRoute(): Route {
  return useStore(store);
}
