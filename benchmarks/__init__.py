"""How fast COPDash is beside something everybody knows, in the same run. `python -m benchmarks` writes docs/benchmarks.md.

Times of one machine say nothing about another, so each benchmark measures ours and its peer in turn and tells the
ratio. No test waits for a number from here.
"""
