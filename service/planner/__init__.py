"""Plans days: who goes where, in what order. It knows no database, no time of day and no network, only what it is given.

- `records`: the problem and the plan; they need neither numpy nor numba.
- `solve.solve(problem, budget=…, seed=…, start=…, stay_cost=…, told=…, cpu=…)` searches. It loads numba: call it in a process of its own.
- `schedule.schedule(shift, visits, travel)`: when a route's stops are; plain Python.

How the matter is put: a visit that mustn't move to another technician has `only` with that one shift, and one whose time was promised has that
window alone; what must not be left out has many `points`. A technician under way is a shift that begins where and when they are free. Several days
are a shift a technician and day. A preferred technician is a `price` with one cheaper entry in `prices`.
"""
