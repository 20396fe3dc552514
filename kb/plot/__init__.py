"""Figures as a journal prints them: frames in, figures out.

Each module draws one figure and has two functions. `plotted(frame)` takes a frame of `kb.analysis` and gives
the numbers that are drawn, no more and no less; `figure(plotted, caption)` draws them as a
`matplotlib.figure.Figure`, which `kb.plot.style.saved` turns into the bytes of a file. The graph is not
asked: `kb.plot.gallery` lists the figures and what each is made of. They need the extra `plot`.
"""
