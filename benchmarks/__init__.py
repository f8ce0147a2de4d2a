"""How fast COPDash is beside something everybody knows. `python -m benchmarks` runs all and writes docs/benchmarks.md.

Times of one machine say nothing about another, so each benchmark measures ours and its peer in turn and tells the
ratio. No test waits for a number from here.
"""
