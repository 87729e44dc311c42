"""nlp_reform"""
