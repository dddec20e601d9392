int f(void)
{
    return missing; //~ ERROR FH1201
}
