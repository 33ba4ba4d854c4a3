"""Language models behind one small protocol: providers, keys, prices and what was spent.

`LLMS` is the list of providers. Ask by `bots.llm.asking.ask`, with the choices of `bots.llm.choosing`.
"""
