"""placeholder until facts are heard"""
