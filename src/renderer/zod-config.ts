import { z } from 'zod';

// The page's rules allow no code made from text. A module of its own, so that it runs before the first schema is used.
z.config({ jitless: true });
