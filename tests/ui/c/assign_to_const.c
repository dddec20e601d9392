int main(void)
{
    const int limit = 3;
    limit = 4; //~ ERROR FH1205
    return limit;
}
